"""Times FAISS's exact search (IndexFlatL2) on one thread, and prints a line of JSON.

search.py ROWS PROBES DIMENSION: both files are float32, row by row.
"""
import json
import sys
import time

import faiss
import numpy

faiss.omp_set_num_threads(1)
dimension = int(sys.argv[3])
rows = numpy.fromfile(sys.argv[1], dtype=numpy.float32).reshape(-1, dimension)
probes = numpy.fromfile(sys.argv[2], dtype=numpy.float32).reshape(-1, dimension)
index = faiss.IndexFlatL2(dimension)
index.add(rows)
del rows

times, nearest, distances = [], [], []
for i in range(len(probes)):
    start = time.perf_counter()
    squares, ids = index.search(probes[i:i + 1], 2)
    times.append((time.perf_counter() - start) * 1000)
    nearest.append(int(ids[0][0]))
    distances.append(float(squares[0][0]) ** 0.5)

start = time.perf_counter()
index.search(probes[:8], 2)
eight = (time.perf_counter() - start) * 1000
print(json.dumps({
    "version": faiss.__version__,
    "first": times[0],
    "median": sorted(times[1:])[len(times[1:]) // 2],
    "eight": eight,
    "nearest": nearest,
    "distances": distances,
}))
