-- title: A reading is from the country and the city of its study
-- level: warning
-- why: A number of another city or country is not a result of the study.
-- fix: Correct the place of the reading, its study, or the place of the study in data/studies.csv.
-- message: The place is {value}, and the study {study_id} was done in {study_place}.
-- except: yes
-- example: {"table": "reported_values", "row": "KH010", "set": {"place_id": "kampala"}}
-- fixed: {"place_id": "three-cities"}
-- says: ["reported_values", "KH010", "place_id"]
SELECT 'data/reported_values.csv' AS file, v.line, 'place_id' AS field, v.place_id AS value, v.study_id, v.study_place
FROM all_readings v JOIN places_within s ON s.place_id = v.study_place
JOIN places c ON c.place_id = v.country AND c.level = 'country' JOIN places d ON d.place_id = s.country AND d.level = 'country'
WHERE v.country <> s.country OR v.place_id <> s.place_id AND v.place_level = s.level AND s.level IN ('city', 'province')
-- passes: [{"table": "reported_values", "row": "KH010", "set": {"place_id": "phnom-penh"}}]
