using System.Collections.Immutable;
using Xunit;

namespace Crease.Lab.Tests.Studies;

/// <summary>The words of a study follow from its options, and every option has one.</summary>
public sealed class StudyOptionTests
{
    public static TheoryData<string> Names => [.. Crease.Lab.Studies.All.Select(study => study.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_option_of_every_preset_is_a_word_whose_text_reads_back(string name)
    {
        Study study = Crease.Lab.Studies.All.Single(study => study.Name == name);
        foreach (string preset in study.Presets)
        {
            object options = study.Preset(preset);
            IReadOnlyList<StudyOptionReader> readers = StudyOptionReader.Of(options);
            Assert.Equal(options.GetType().GetProperties().Count(property => property.CanWrite), readers.Count);
            Assert.Equal(readers.Count, readers.Select(reader => reader.Name).Distinct().Count());
            foreach (StudyOptionReader reader in readers)
            {
                object read = reader.With(options, reader.Text(options));
                Assert.NotSame(options, read);
                Assert.Equal(reader.Text(options), reader.Text(read));
            }
        }
        Assert.Throws<ArgumentException>(() => study.Preset("no such"));
    }

    [Fact]
    public void A_text_sets_one_option_and_no_other()
    {
        var usual = new GrokkingOptions();
        GrokkingOptions changed = Set(Set(Set(Set(usual, "weight-decay", "0.5"), "init-scales", "1,2.5"), "movie", "false"), "sweeps", "depth,width");
        Assert.Equal((0.5, false), (changed.WeightDecay, changed.Movie));
        Assert.Equal([1, 2.5], changed.InitScales.AsEnumerable());
        Assert.Equal(["depth", "width"], changed.Sweeps.AsEnumerable());
        Assert.Equal(usual, changed with { WeightDecay = usual.WeightDecay, Movie = usual.Movie, InitScales = usual.InitScales, Sweeps = usual.Sweeps });
        Assert.Empty(Set(usual, "init-scales", "").InitScales);
    }

    [Theory]
    [InlineData("steps", "many", "--steps is 'many'; expected a whole number")]
    [InlineData("rate", "NaN", "--rate is 'NaN'; expected a finite number")]
    [InlineData("movie", "perhaps", "--movie is 'perhaps'; expected true or false")]
    [InlineData("epsilons", "0.1;0.2", "--epsilons is '0.1;0.2'; expected finite numbers separated by commas")]
    public void A_text_that_is_no_value_is_refused_in_one_line(string name, string text, string says) =>
        Assert.Equal(says, Assert.Throws<FormatException>(() => Set(new GrokkingOptions(), name, text)).Message);

    private static GrokkingOptions Set(GrokkingOptions options, string name, string text) =>
        (GrokkingOptions)StudyOptionReader.Of(options).Single(reader => reader.Name == name).With(options, text);
}
