INSERT INTO versions (name, value) VALUES ('forgotten', 0) ON CONFLICT DO NOTHING;
