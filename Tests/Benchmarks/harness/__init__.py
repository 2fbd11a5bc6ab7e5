"""The benchmarks of dagroster: ratios to yardsticks that are measured in the same run."""
