namespace Crease.Lab;

/// <summary>Fits as they are done, a file each: a call after a kill makes only those that are missing.</summary>
/// <param name="folder">Folder of the files; made with the first.</param>
internal sealed class CurveFitStore(string folder)
{
    /// <summary>A fit that is there and whole, or null.</summary>
    public CurveFit? Find(SplineFitOptions options, int units, int heads, int context, int repeat, ulong seed)
    {
        CurveFit? fit = StudyFile.Find<CurveFit>(At(options, units, heads, context, repeat, seed));
        return fit is { Errors.Length: 2, Regions.Length: 2, Crossings.Length: 2, Creases: not null, Values: not null } && fit.Values.Length == options.Bins && (fit.Units, fit.Heads, fit.Context, fit.Repeat) == (units, heads, context, repeat) ? fit : null;
    }

    /// <summary>Keeps a fit.</summary>
    /// <exception cref="TrainingException">The file cannot be written.</exception>
    public void Add(SplineFitOptions options, CurveFit fit, ulong seed) => StudyFile.Write(At(options, fit.Units, fit.Heads, fit.Context, fit.Repeat, seed), fit);

    // Which other networks are asked for does not matter to this one.
    private string At(SplineFitOptions options, int units, int heads, int context, int repeat, ulong seed)
    {
        SplineFitOptions own = options with { Units = [], Heads = [], Contexts = [], Gates = 1, Repeats = 1 };
        string name = heads == 0 ? $"perceptron-{units}" : $"transformer-{heads}-{context}-{units}";
        return StudyFile.At(folder, $"{name}-{repeat}", new { own, units, heads, context, seed = seed + (ulong)repeat });
    }
}
