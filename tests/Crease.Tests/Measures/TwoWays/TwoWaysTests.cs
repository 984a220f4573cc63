using Crease.Tests.Corpus;
using Crease.Tests.Rules;
using Xunit;

namespace Crease.Tests.Measures.TwoWays;

/// <summary>Every identity of the measures, by two independent ways: on the whole corpus and on trained networks. The table of <c>docs/guide/measures.md</c> is this one.</summary>
public sealed class TwoWaysTests
{
    private static readonly Dictionary<string, Identity> Identities = new[] { TemplateIdentities.All, DiagramIdentities.All, NormalizationIdentities.All, KernelIdentities.All, GeneratorIdentities.All, CountIdentities.All }
        .SelectMany(each => each).ToDictionary(identity => identity.Name, StringComparer.Ordinal);

    public static TheoryData<string> Names => [.. Identities.Keys];

    public static TheoryData<string, string> OnRealNetworks
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (Identity identity in Identities.Values)
            {
                foreach (string network in identity.Real)
                    rows.Add(identity.Name, network);
            }
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Both_ways_agree_on_the_corpus(string name)
    {
        Identity identity = Identities[name];
        int applied = 0;
        foreach (string network in PartitionCorpus.Names)
        {
            double? error = identity.Error(Subject.OfCorpus(network));
            applied += error is null ? 0 : 1;
            TestContext.Current.TestOutputHelper?.WriteLine($"{name}, {network}: {error:G3}");
            Assert.True(error is null or >= 0 && error.GetValueOrDefault() <= identity.Tolerance, $"{name}, {network}: {error:G3}");
        }
        Assert.True(applied >= identity.Corpus, $"{name} says something about {applied} networks only");
    }

    [Theory]
    [MemberData(nameof(OnRealNetworks))]
    public void Both_ways_agree_on_trained_networks(string name, string network)
    {
        double? error = Identities[name].Error(Subject.OfReal(network));
        TestContext.Current.TestOutputHelper?.WriteLine($"{name}, {network}: {error:G3}");
        Assert.True(error >= 0 && error <= Identities[name].Tolerance, $"{name}, {network}: {error:G3}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_guide_has_a_row_for_each_identity(string name)
    {
        Identity identity = Identities[name];
        string tolerance = identity.Tolerance == 0 ? "equal" : $"1e{Math.Round(Math.Log10(identity.Tolerance))}";
        string row = $"| {Cell(name)} | {Cell(identity.First)} | {Cell(identity.Second)} | {tolerance} | {string.Join(", ", identity.Real)} |";
        Assert.Contains(row, File.ReadAllLines(Path.Combine(BibliographyTests.Root(), "docs", "guide", "measures.md")));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Three_trained_networks_or_more_stand_behind_each_identity(string name) => Assert.True(Identities[name].Real.Distinct().Count() >= 3);

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
