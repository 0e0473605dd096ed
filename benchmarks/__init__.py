"""Benchmarks: figures for docs/performance.md, as ratios measured in one run."""
