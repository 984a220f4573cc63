using BenchmarkDotNet.Running;
using Crease.Benchmarks;

BenchmarkSwitcher.FromAssembly(typeof(PartitionBenchmarks).Assembly).Run(args);
