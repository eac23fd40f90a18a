-- title: A reading lies inside the place of its study
-- level: error
-- why: A number of another city or country is not a result of the study.
-- mend: Correct the place of the reading, its study, or the place of the study in data/studies.csv.
-- message: The place is {value}, and the study {study_id} was done in {study_place}.
-- except: yes
-- example: {"table": "reported_values", "row": "KH005", "set": {"place_id": "kampala"}}
-- mended: {"place_id": "three-cities"}
-- says: ["reported_values", "KH005", "place_id"]
SELECT 'data/reported_values.csv' AS file, v.line, 'place_id' AS field, v.place_id AS value, v.study_id, v.study_place
FROM all_readings v JOIN places_within s ON s.place_id = v.study_place
WHERE NOT (list_contains(v.within, s.place_id) OR contains(s.name, v.place_name) OR s.level = 'world'
    OR (s.country = v.country AND v.place_level = 'area_set' AND (v.printing_of IS NOT NULL OR s.level = 'area_set'))
    OR (v.printing_of IS NOT NULL AND (list_contains(s.within, v.place_id) OR v.place_level IN ('study_area', 'region')))
    OR (s.level = 'study_area' AND v.place_level = 'study_area')
    OR (v.nature = 'estimated' AND s.country = v.country AND contains(v.place_name, s.name)))
-- breaks: [{"table": "reported_values", "row": "IJM-IND-Kolkata-01", "set": {"place_id": "india"}}]
-- says: ["reported_values", "IJM-IND-Kolkata-01", "place_id"]
-- passes: [{"table": "reported_values", "row": "KH005", "set": {"place_id": "phnom-penh"}}]
-- passes: [{"table": "reported_values", "row": "KH013", "set": {"place_id": "three-cities"}}]
