namespace Crease.Lab;

/// <summary>All that is trained for one class of a label: the features, the controls, parts of the features.</summary>
internal sealed class ProbePlan
{
    private const int MostSources = 8, LeastOfClass = 10;

    private readonly ProbeData _data;
    private readonly ProbeLabel _label;
    private readonly int _scored;
    private readonly bool[] _truth;
    private readonly ProbeJob _features;
    private readonly (string Name, string Meaning, string? Absent, ProbeJob? Job)[] _controls;
    private readonly (string Source, ProbeJob Job)[] _sources;
    private readonly (ProbeAblations Kind, int Number, int Columns, ProbeJob Job)[] _ablations;

    public ProbePlan(ProbeData data, ProbeLabel label, int scored, ProbeSplit[] splits, ProbeOptions options, ulong seed)
    {
        (_data, _label, _scored, Splits) = (data, label, scored, splits);
        _truth = label.Truth(scored);
        bool[][] truth = [.. splits.Select(_ => _truth)];
        bool[][] shuffled = [.. splits.Select((split, i) => split.Shuffle(_truth, seed + (ulong)i))];
        TableInputs all = new(data.Table.Rows, [.. Enumerable.Range(0, data.Table.Names.Length)]);
        _features = new ProbeJob(all, splits, truth, options, seed);
        ProbeOptions logistic = options with { Kind = ProbeKind.Logistic };
        _controls =
        [
            Control(ProbeControl.Tokens, "the number of tokens alone", data.Tokens is int[] tokens ? TableInputs.OfLengths(tokens) : null, "the number of tokens is not known"),
            Control(ProbeControl.Characters, "the number of characters alone", data.Texts is { } texts ? TableInputs.OfLengths([.. texts.Select(text => text.Length)]) : null, "needs the texts"),
            Control(ProbeControl.Words, "a bag of words", data.Texts is { } said ? new WordInputs(said) : null, "needs the texts", isLogistic: true),
            Control(ProbeControl.Source, "the source alone", data.Sources is { } sources && sources.Distinct().Skip(1).Any() ? TableInputs.OfNames(sources) : null, "needs a column that names at least two sources", isLogistic: true),
            (ProbeControl.Shuffled, "the features with shuffled labels", null, new ProbeJob(all, splits, shuffled, options, seed)),
        ];
        _sources = [.. SourceJobs(all, truth, options, seed)];
        _ablations = [.. AblationJobs(truth, options, seed)];

        (string, string, string?, ProbeJob?) Control(string name, string meaning, ProbeInputs? inputs, string absent, bool isLogistic = false) => inputs is null
            ? (name, meaning, absent, null)
            : (name, meaning, null, new ProbeJob(inputs, splits, truth, isLogistic ? logistic : options, seed));
    }

    public ProbeSplit[] Splits { get; }

    public IEnumerable<ProbeJob> Jobs => [_features, .. _controls.Select(control => control.Job).OfType<ProbeJob>(), .. _sources.Select(source => source.Job), .. _ablations.Select(ablation => ablation.Job)];

    /// <summary>What came out, once all jobs are done.</summary>
    public ProbeFinding Finding()
    {
        AucEstimate features = _features.Estimate;
        ProbeControl[] controls =
        [
            .. _controls.Select(control => control.Job is not ProbeJob job
                ? new ProbeControl(control.Name, control.Meaning, null, null, control.Absent)
                : new ProbeControl(control.Name, control.Meaning, job.Estimate, control.Name == ProbeControl.Shuffled ? null : AucDifference.Of(_features.Outcomes, job.Outcomes))),
        ];
        SourceFinding[] sources = [.. SourceFindings()];
        int positives = _truth.Count(value => value);
        string name = _label.NameOf(_scored);
        return new ProbeFinding
        {
            Label = _label.Name,
            Class = _label.Classes[_scored],
            Name = name,
            Positives = positives,
            Negatives = _truth.Length - positives,
            SplitRows = (Splits[0].Training.Length, Splits[0].Labeled.Length, Splits[0].Test.Length),
            Estimate = features,
            Controls = [.. controls],
            Sources = [.. sources],
            Ablations = [.. _ablations.Select(ablation => new ProbeAblation(ablation.Kind, ablation.Number, ablation.Columns, ablation.Job.Estimate))],
            ByScore = SuccessBins.ByScore(_features.Outcomes, _truth),
            ByLength = _data.Tokens is int[] lengths ? SuccessBins.ByLength(_features.Outcomes, _truth, lengths) : [],
            Verdict = [.. ProbeVerdict.Of(name, features, controls, sources)],
        };
    }

    // One probe per source that has enough rows of both classes on both sides of every split.
    private IEnumerable<(string, ProbeJob)> SourceJobs(ProbeInputs all, bool[][] truth, ProbeOptions options, ulong seed)
    {
        int least = options.Kind == ProbeKind.Forest ? ProbeTraining.LeastForestRows : 0;
        string[] mixed = [.. SourceNames().Where(source => Splits.All(split => HasBoth(split.Labeled, source, least) && HasBoth(split.Test, source)))];
        if (mixed.Length is 0 or > MostSources || SourceNames().Length < 2)
            yield break;
        foreach (string source in mixed)
        {
            ProbeSplit[] own = [.. Splits.Select(split => split with { Training = Of(split.Training, source), Labeled = Of(split.Labeled, source) })];
            yield return (source, new ProbeJob(all, own, truth, options with { LeafRows = null }, seed));
        }
    }

    private IEnumerable<SourceFinding> SourceFindings()
    {
        if (_data.Sources is not string[] sources)
            yield break;
        ProbeJob? lengths = _controls.First(control => control.Name == ProbeControl.Tokens).Job;
        foreach (string source in SourceNames())
            yield return Found(null, source, _features);
        foreach ((string training, ProbeJob job) in _sources)
        {
            foreach ((string test, _) in _sources)
                yield return Found(training, test, job);
        }

        SourceFinding Found(string? training, string test, ProbeJob job)
        {
            int[] rows = Of([.. Enumerable.Range(0, sources.Length)], test);
            bool isEnough = Splits.All(split => HasBoth(split.Test, test));
            return new SourceFinding(training, test, rows.Length, rows.Count(row => _truth[row]), isEnough ? job.Where(row => sources[row] == test) : null, isEnough ? lengths?.Where(row => sources[row] == test) : null);
        }
    }

    private IEnumerable<(ProbeAblations, int, int, ProbeJob)> AblationJobs(bool[][] truth, ProbeOptions options, ulong seed)
    {
        (int Layer, int Feature)?[] places = [.. _data.Table.Names.Select(ProbeTable.PlaceOf)];
        int layers = places.Max(place => place?.Layer ?? -1) + 1;
        foreach (ProbeAblations kind in (ProbeAblations[])[ProbeAblations.Layers, ProbeAblations.First, ProbeAblations.Features])
        {
            for (int number = 1; options.Ablations.HasFlag(kind) && number <= (kind == ProbeAblations.Features ? LayerFeatures.Count : layers); number++)
            {
                int[] columns = [.. Enumerable.Range(0, places.Length).Where(column => places[column] is var (layer, feature) && kind switch
                {
                    ProbeAblations.Layers => layer == number - 1,
                    ProbeAblations.First => layer < number,
                    _ => feature == number - 1,
                })];
                if (columns.Length > 0)
                    yield return (kind, number, columns.Length, new ProbeJob(new TableInputs(_data.Table.Rows, columns), Splits, truth, options, seed));
            }
        }
    }

    private string[] SourceNames() => _data.Sources is null ? [] : [.. _data.Sources.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private int[] Of(int[] rows, string source) => [.. rows.Where(row => _data.Sources![row] == source)];

    private bool HasBoth(int[] rows, string source, int least = 0)
    {
        int[] own = Of(rows, source);
        int positives = own.Count(row => _truth[row]);
        return own.Length >= least && positives >= LeastOfClass && own.Length - positives >= LeastOfClass;
    }
}
