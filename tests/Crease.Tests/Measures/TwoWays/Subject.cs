using Crease.Geometry;
using Crease.Networks;
using Crease.Numerics;
using Crease.Tests.Corpus;

namespace Crease.Tests.Measures.TwoWays;

/// <summary>A network that identities are checked on, and its inputs.</summary>
internal sealed class Subject
{
    private readonly Func<int, double[][]> _rows;

    private Subject(string name, Network network, bool isReal, Func<int, double[][]> rows) => (Name, Network, IsReal, _rows) = (name, network, isReal, rows);

    public string Name { get; }

    public Network Network { get; }

    public bool IsReal { get; }

    public PiecewiseGraph Graph => field ??= new PiecewiseGraph(Network);

    public static Subject OfCorpus(string name)
    {
        Network network = PartitionCorpus.Network(name);
        return new Subject(name, network, false, count =>
        {
            var random = new RandomSource(23);
            return [.. Enumerable.Range(0, count).Select(_ => GraphNetworks.Normals(random, network.InputShape.Size, 1.2))];
        });
    }

    public static Subject OfReal(string name) => new(name, RealNetworks.Network(name), true, count => RealNetworks.Rows(name, count));

    /// <summary>So many rows of a small network, or so many of a real one.</summary>
    public double[][] Rows(int small, int real) => _rows(IsReal ? real : small);

    /// <summary>The same, one after the other.</summary>
    public double[] Flat(int small, int real) => [.. Rows(small, real).SelectMany(row => row)];
}
