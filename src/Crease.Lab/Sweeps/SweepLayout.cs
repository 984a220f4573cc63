using System.Collections.Immutable;

namespace Crease.Lab;

/// <summary>Which axis of a grid goes where in a figure.</summary>
/// <param name="X">Horizontal.</param>
/// <param name="Y">Colors, or the vertical one of a heat map; null where nothing else varies.</param>
/// <param name="Panels">Small multiples, or null.</param>
/// <param name="IsHeatMap">Whether cells are drawn: also where the horizontal axis has no numbers.</param>
internal sealed record SweepLayout(SweepAxis X, SweepAxis? Y, SweepAxis? Panels, bool IsHeatMap)
{
    private const int MostPanels = 12, MostColors = 50;

    /// <summary>The layout of a view.</summary>
    /// <exception cref="ArgumentException">The grid has no such axes or values, or varies more than a figure shows; the message is one line.</exception>
    public static SweepLayout Of(SweepGrid grid, SweepView view)
    {
        foreach ((string name, string value) in view.At)
        {
            if (!Axis(grid, name).Values.Any(known => SweepAxis.Text(known) == value))
                throw new ArgumentException($"The axis {name} has no value '{value}'; expected one of {string.Join(", ", grid.Axis(name).Values.Select(SweepAxis.Text))}.");
        }
        List<ImmutableArray<SweepAxis>> free = [.. grid.Dimensions.Where(group => group[0].Values.Length > 1 && !group.Any(axis => view.At.ContainsKey(axis.Name)))];
        SweepAxis? x = Taken(view.X), y = Taken(view.Y), panels = Taken(view.Panels);
        x ??= free.SelectMany(group => group).Where(axis => axis.IsNumeric).OrderByDescending(axis => axis.Values.Length).FirstOrDefault() is SweepAxis numeric ? Taken(numeric.Name) : Next();
        if (x is null)
            throw new ArgumentException("No axis of the grid varies, so there is nothing to draw a measure against; expected an axis of two values or more.");
        y ??= Next();
        panels ??= Next();
        if (free.Count > 0)
            throw new ArgumentException($"A figure shows three axes, and {string.Join(", ", free.Select(group => group[0].Name))} varies beside {x.Name}, {y!.Name} and {panels!.Name}; hold it at one value.");
        if (panels?.Values.Length > MostPanels || y?.Values.Length > MostColors && !(view.IsHeatMap || !x.IsNumeric))
            throw new ArgumentException($"{(panels?.Values.Length > MostPanels ? panels.Name : y!.Name)} has too many values for a figure; expected at most {MostColors} colors and {MostPanels} panels, so hold it at one value, or draw a heat map.");
        return new SweepLayout(x, y, panels, view.IsHeatMap || !x.IsNumeric);

        SweepAxis? Taken(string? name)
        {
            if (name is null)
                return null;
            SweepAxis axis = Axis(grid, name);
            return free.RemoveAll(group => group.Contains(axis)) > 0 ? axis : throw new ArgumentException($"The axis {name} does not vary by itself here; expected one of {string.Join(", ", free.SelectMany(group => group).Select(other => other.Name))}.");
        }

        SweepAxis? Next() => free.Count == 0 ? null : Taken(free[0][0].Name);
    }

    /// <summary>Whether a row belongs to values of the axes; null stands for any value of no axis.</summary>
    public bool Matches(SweepPoint point, SweepView view, string? x, string? y, string? panel) =>
        point.Values[X.Name] == x && (Y is null || point.Values[Y.Name] == y) && (Panels is null || point.Values[Panels.Name] == panel)
        && view.At.All(item => SweepAxis.Text(point.Values[item.Key]) == item.Value);

    private static SweepAxis Axis(SweepGrid grid, string name) => grid.Axes.FirstOrDefault(axis => axis.Name == name)
        ?? throw new ArgumentException($"The grid has no axis '{name}'; {(grid.Axes.IsEmpty ? "it has none" : $"axes are {string.Join(", ", grid.Axes.Select(axis => axis.Name))}")}.");
}
