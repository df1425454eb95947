INSERT INTO versions (name, value) VALUES ('sights', 1) ON CONFLICT (name) DO NOTHING;
--> statement-breakpoint
INSERT INTO former_standings (slack_user_id, type, person_id, until)
  SELECT reader, 'shown', person_id, max((at AT TIME ZONE 'UTC')::date + 6) FROM access_log,
    jsonb_array_elements_text(CASE WHEN jsonb_typeof(reader_ids) = 'array' THEN reader_ids ELSE '[]' END) AS reader
  WHERE what = 'delivery' AND person_id IS NOT NULL AND reader <> 'a forgotten person' GROUP BY 1, 3
  ON CONFLICT (slack_user_id, type, person_id) DO NOTHING;
--> statement-breakpoint
INSERT INTO former_standings (slack_user_id, type, person_id, until)
  SELECT by_slack_id, 'saw', person_id, max((at AT TIME ZONE 'UTC')::date + 1) FROM access_log AS log
  WHERE what IN ('view', 'delivery') AND person_id IS NOT NULL AND reader_ids IS NULL
    AND EXISTS (SELECT 1 FROM former_standings AS admin
      WHERE admin.slack_user_id = log.by_slack_id AND admin.type = 'admin' AND admin.until >= (log.at AT TIME ZONE 'UTC')::date - 1)
  GROUP BY 1, 3
  ON CONFLICT (slack_user_id, type, person_id) DO NOTHING;
