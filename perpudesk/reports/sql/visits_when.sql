-- The visits of a period by day, hour and how they were counted.
SELECT local_date, local_hour, precision, method, sum(count) AS n
FROM visits
WHERE removed_at IS NULL AND local_date BETWEEN :first AND :last
GROUP BY local_date, local_hour, precision, method
ORDER BY local_date, local_hour, precision, method
