"""Rolls up the value column of every actuals file below a folder with DuckDB; prints the seconds it took."""
import sys
import time

import duckdb

start = time.perf_counter()
connection = duckdb.connect()
connection.execute(f"""
    select filename, substr(period, 1, 4) as year, sum(value), count(value), last(value)
    from read_csv('{sys.argv[1]}/departments/*/actuals/*.csv', filename = true, header = true,
                  columns = {{'period': 'VARCHAR', 'value': 'DECIMAL(18,4)', 'status': 'VARCHAR', 'note': 'VARCHAR'}})
    group by 1, 2""").fetchall()
print(time.perf_counter() - start)
