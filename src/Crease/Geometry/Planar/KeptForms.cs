namespace Crease.Geometry;

/// <summary>Rows and open windows that a reduction keeps, stage by stage.</summary>
internal sealed class KeptForms
{
    private readonly List<int> _units = [], _positions = [], _at = [];
    private readonly List<(int Stage, int Row, int Window)> _stages = [];
    private readonly List<LocalWindow> _windows = [];
    private double[] _forms = [];

    /// <summary>Number of rows.</summary>
    public int Count => _units.Count;

    /// <summary>Numbers that their forms hold.</summary>
    public int Numbers { get; private set; }

    public void Clear()
    {
        _units.Clear();
        _positions.Clear();
        _at.Clear();
        _stages.Clear();
        _windows.Clear();
        Numbers = 0;
    }

    /// <summary>What follows are rows of this stage.</summary>
    public void BeginStage(int stage) => _stages.Add((stage, Count, _windows.Count));

    /// <summary>Adds a row.</summary>
    /// <param name="unit">Its number in the stage.</param>
    /// <param name="position">Its position in the window that was added last.</param>
    /// <param name="form">Its numbers, copied.</param>
    public void Add(int unit, int position, ReadOnlySpan<double> form)
    {
        _units.Add(unit);
        _positions.Add(position);
        _at.Add(Numbers);
        if (_forms.Length < Numbers + form.Length)
            Array.Resize(ref _forms, 2 * (Numbers + form.Length));
        form.CopyTo(_forms.AsSpan(Numbers));
        Numbers += form.Length;
    }

    /// <summary>Adds an open window, whose candidates are the rows that are added next.</summary>
    public void AddWindow(int number, int candidates) => _windows.Add(new LocalWindow(number, Count - _stages[^1].Row, candidates));

    /// <summary>The numbers of a row, and behind them those of later ones.</summary>
    public ReadOnlySpan<double> Form(int row) => _forms.AsSpan(_at[row]);

    /// <summary>Writes rows and windows; the first stage is the one whose items are open.</summary>
    public void Write(LocalNetwork into)
    {
        (into.Units, into.Positions, into.Windows) = ([.. _units], [.. _positions], [.. _windows]);
        Array.Clear(into.WindowAt);
        foreach ((int stage, int row, int window) in _stages)
        {
            into.Start[stage] = row;
            if (stage < into.WindowAt.Length)
                into.WindowAt[stage] = window;
        }
        into.Start[^1] = Count;
    }
}
