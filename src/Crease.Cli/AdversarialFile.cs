using Crease.Models;

namespace Crease.Cli;

/// <summary>Reads the points that <c>crease attack</c> saves.</summary>
internal static class AdversarialFile
{
    /// <summary>The points of one radius.</summary>
    /// <param name="path">Archive with <c>adversarial</c> of shape [epsilons, rows, inputs] or [rows, inputs]; with several radii also <c>epsilons</c>.</param>
    /// <param name="data">The data set whose first rows the points belong to.</param>
    /// <param name="inputs">Numbers that the network takes.</param>
    /// <param name="epsilon">The radius, or null for the largest.</param>
    /// <returns>One point per row, and the radius where the file has it.</returns>
    /// <exception cref="ModelException">The file does not fit the data or the network.</exception>
    public static (double[][] Points, double? Epsilon) Read(string path, DataSet data, int inputs, double? epsilon)
    {
        string file = Path.GetFileName(path);
        string[] names = Npz.Names(path);
        Npy points = Npz.Read(path, "adversarial")[0];
        if (points.Extents.Length is not (2 or 3) || points.Extents[^1] != inputs)
            throw new ModelException(file, $"array 'adversarial' has shape [{string.Join(", ", points.Extents)}]; expected [epsilons, rows, {inputs}] or [rows, {inputs}] for a network of {inputs} inputs");
        int rows = points.Extents[^2], count = points.Extents.Length == 3 ? points.Extents[0] : 1;
        if (rows < 1 || rows > data.Count || count < 1)
            throw new ModelException(file, $"array 'adversarial' has {rows} rows at {count} radii; expected at least one of each, and at most as many rows as {data.Name} has ({data.Count})");
        double[] radii = names.Contains("epsilons") ? Npz.Read(path, "epsilons")[0].Values : [];
        if (radii.Length != 0 && radii.Length != count || count > 1 && radii.Length == 0)
            throw new ModelException(file, $"array 'epsilons' has {radii.Length} entries; expected one for each of {count} radii");
        int part = epsilon is not double wanted ? (radii.Length == 0 ? 0 : Array.IndexOf(radii, radii.Max())) : Array.FindIndex(radii, radius => Math.Abs(radius - wanted) <= 1e-9 * Math.Abs(wanted));
        if (part < 0)
            throw new ModelException(file, FormattableString.Invariant($"has no points for epsilon {epsilon}; it has {string.Join(", ", radii.Select(radius => FormattableString.Invariant($"{radius:G6}")))}"));
        if (names.Contains("labels") && data.Labels is { } labels)
        {
            double[] own = Npz.Read(path, "labels")[0].Values;
            int other = own.Length == rows ? Array.FindIndex([.. Enumerable.Range(0, rows)], row => own[row] != labels[row]) : 0;
            if (other >= 0)
                throw new ModelException(file, $"is of other data: row {other} has another label than in {data.Name}");
        }
        return ([.. Enumerable.Range(0, rows).Select(row => points.Values.AsSpan((part * rows + row) * inputs, inputs).ToArray())], radii.Length == 0 ? null : radii[part]);
    }
}
