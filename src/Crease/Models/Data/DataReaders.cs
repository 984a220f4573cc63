namespace Crease.Models;

/// <summary>What a source holds, not read yet: parts, or all rows, or both.</summary>
internal sealed record DataReaders
{
    /// <summary>Reads the training part; null where there is none.</summary>
    public Func<DataSet>? Train { get; init; }

    /// <summary>Reads the test part; null where there is none.</summary>
    public Func<DataSet>? Test { get; init; }

    /// <summary>Reads what a source without the name of a part stands for; null where that is the test part, else the training part.</summary>
    public Func<DataSet>? Whole { get; init; }

    /// <summary>Reads what the words ask for.</summary>
    /// <exception cref="FormatException">There is no such part.</exception>
    public DataSet One(DataSelection selection)
    {
        Func<DataSet>? wanted = selection.IsTest is not bool test ? Whole ?? Test ?? Train : test ? Test : Train;
        return wanted?.Invoke() ?? throw new FormatException(
            Train is null && Test is null
                ? $"'{selection.Source}' has no parts; leave out '#{Word(selection)}'"
                : $"'{selection.Source}' has no part '{Word(selection)}'; it has '{(Train is null ? "test" : "train")}'");
    }

    /// <summary>Reads both parts; a source without parts, or with a part named, is one set.</summary>
    public DataParts Parts(DataSelection selection) => selection.IsTest is null && Train is not null && Test is not null
        ? new DataParts(Train(), Test())
        : new DataParts(One(selection), null);

    private static string Word(DataSelection selection) => selection.IsTest is true ? "test" : "train";
}
