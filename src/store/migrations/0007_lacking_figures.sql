ALTER TABLE deliveries ADD COLUMN lacks jsonb;
