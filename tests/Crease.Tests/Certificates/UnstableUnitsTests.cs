using Crease.Certificates;
using Crease.Geometry;
using Crease.Networks;
using Crease.Numerics;
using Crease.Tests.Corpus;
using Xunit;

namespace Crease.Tests.Certificates;

/// <summary>Units that bounds do not settle: none is missed, and closer bounds settle more.</summary>
public sealed class UnstableUnitsTests
{
    [Fact]
    public void Every_unit_that_changes_in_the_box_is_counted()
    {
        var random = new RandomSource(6);
        Network network = SmallNetworks.Golden(3, 6, 24, 24, 24, 4);
        double[] center = LayerCases.Normals(random, 6);
        foreach (double radius in new[] { 0.01, 0.1, 0.5 })
        {
            UnstableUnits interval = Assert.Single(UnstableUnits.Around(network, [center], radius)), relaxed = Assert.Single(UnstableUnits.Around(network, [center], radius, relaxed: true));
            Code own = new Linearization(network, center).Code();
            var changed = new HashSet<(int, int)>();
            for (int i = 0; i < 500; i++)
            {
                Code code = new Linearization(network, [.. center.Select(x => x + random.Uniform(-radius, radius))]).Code();
                for (int layer = 0; layer < 3; layer++)
                    changed.UnionWith(Enumerable.Range(0, 24).Where(unit => code.Pieces[layer][unit] != own.Pieces[layer][unit]).Select(unit => (layer, unit)));
            }
            for (int layer = 0; layer < 3; layer++)
            {
                Assert.InRange(relaxed.Unstable[layer], changed.Count(unit => unit.Item1 == layer), interval.Unstable[layer]);
                Assert.Equal(24, interval.Units[layer]);
            }
            Assert.Equal(relaxed.Unstable.Sum() / 72.0, relaxed.Share);
            Assert.True(radius < 0.1 || changed.Count > 0);
        }
    }

    [Fact]
    public void The_first_layer_is_counted_exactly()
    {
        UnstableUnits found = Assert.Single(UnstableUnits.Around(KnownNetworks.Diamond(), [[0.5, 0.2]], 0.3));
        Assert.Equal([2], found.Unstable);
        Assert.Equal(0.5, found.Share);
        Assert.Equal([0], Assert.Single(UnstableUnits.Around(KnownNetworks.Diamond(), [[0.5, 0.2]], 0.1)).Unstable);
    }

    [Fact]
    public void Larger_boxes_settle_fewer_units()
    {
        Network network = SmallNetworks.Golden(5, 4, 20, 20, 3);
        int before = 0;
        foreach (double radius in new[] { 0, 0.01, 0.1, 1, 10 })
        {
            int now = UnstableUnits.Around(network, [[0.1, 0.2, -0.3, 0.4]], radius)[0].Unstable.Sum();
            Assert.True(now >= before);
            before = now;
        }
        Assert.Equal(0, UnstableUnits.Around(network, [[0.1, 0.2, -0.3, 0.4]], 0)[0].Unstable.Sum());
        Assert.Equal(40, before);
    }

    [Fact]
    public void What_does_not_fit_is_refused() =>
        Assert.Contains("3 numbers in input 1", Assert.Throws<ArgumentException>(() => UnstableUnits.Around(KnownNetworks.Diamond(), [[0, 0], [0, 0, 0]], 0.1)).Message, StringComparison.Ordinal);
}
