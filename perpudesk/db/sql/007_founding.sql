-- Since when the library is there: what a file dates before that year is a mistyped year.
ALTER TABLE branches ADD COLUMN founded_year INTEGER CHECK (founded_year BETWEEN 1800 AND 9998);
