namespace Crease.Measures;

/// <summary>How clear the first descent is.</summary>
public enum DescentStrength
{
    /// <summary>Below the weak drop.</summary>
    Absent,

    /// <summary>Between the weak and the present drop.</summary>
    Weak,

    /// <summary>At least the present drop.</summary>
    Present,
}

/// <summary>The phases of local complexity over training: a first descent, an ascent, and a second descent in which regions migrate.</summary>
/// <remarks>
/// With m the running median of the curve: the ascent peaks at the sample with the largest rise of m over its running minimum; the first descent ends at the
/// smallest m up to there; migration starts at the first later sample from which on m stays below a share of the peak at every sample through the
/// first one a given number of decades later, or the end. There is no second descent when the curve ends above that share.
/// Source of the phases: <c>humayun2024grok</c>, section 3, and <c>humayun2023training</c>; the rule is Crease's own. They have no proof of a cause.
/// </remarks>
/// <param name="DescentEnd">The smallest value up to the peak.</param>
/// <param name="Drop">Relative drop of the first descent, 1 - m(end) / m(first); at most 1.</param>
/// <param name="Descent">How clear the first descent is.</param>
/// <param name="Peak">Where the ascent peaks.</param>
/// <param name="Migration">Where the second descent starts; null when there is none.</param>
public sealed record TrainingPhases(PhaseStep DescentEnd, double Drop, DescentStrength Descent, PhaseStep Peak, PhaseStep? Migration)
{
    /// <summary>Whether regions migrate.</summary>
    public bool HasSecondDescent => Migration is not null;

    /// <summary>Finds the phases of a curve.</summary>
    /// <param name="steps">Shape [samples], at least 3: training steps, not descending.</param>
    /// <param name="values">Shape [samples]: mean local complexity around training samples.</param>
    /// <param name="options">Constants; null for the defaults.</param>
    /// <exception cref="ArgumentException">Steps descend, a number is not finite, or an option is out of range.</exception>
    public static TrainingPhases Of(ReadOnlySpan<double> steps, ReadOnlySpan<double> values, TrainingPhasesOptions? options = null)
    {
        options ??= TrainingPhasesOptions.Default;
        options.Check();
        PhaseStep.Check(steps, values);
        double[] m = Median(values, options.MedianWidth);
        int peak = 0;
        double least = m[0], rise = 0;
        for (int i = 0; i < m.Length; i++)
        {
            least = Math.Min(least, m[i]);
            if (m[i] - least > rise)
                (rise, peak) = (m[i] - least, i);
        }
        int end = 0;
        for (int i = 1; i <= peak; i++)
            end = m[i] < m[end] ? i : end;
        double drop = m[0] > 0 ? 1 - m[end] / m[0] : 0, limit = options.MigrationShare * m[peak];
        DescentStrength strength = drop >= options.PresentDrop ? DescentStrength.Present : drop >= options.WeakDrop ? DescentStrength.Weak : DescentStrength.Absent;
        int start = m[^1] > limit ? -1 : Start(steps, m, peak, limit, options.MigrationDecades);
        return new TrainingPhases(PhaseStep.At(steps, m, end), drop, strength, PhaseStep.At(steps, m, peak), start < 0 ? null : PhaseStep.At(steps, m, start));
    }

    private static int Start(ReadOnlySpan<double> steps, double[] m, int peak, double limit, double decades)
    {
        for (int k = peak + 1; k < m.Length; k++)
        {
            double until = steps[k] * Math.Pow(10, decades);
            int i = k;
            while (i < m.Length && m[i] < limit && steps[i] < until)
                i++;
            // Stopped at a sample at or beyond the end of the interval, which must be low too, or at the end of the curve.
            if (i == m.Length || (m[i] < limit && steps[i] >= until))
                return k;
        }
        return -1;
    }

    internal static double[] Median(ReadOnlySpan<double> values, int width)
    {
        double[] smooth = values.ToArray();
        var window = new double[width];
        for (int i = width / 2; i < values.Length - width / 2; i++)
        {
            values.Slice(i - width / 2, width).CopyTo(window);
            Array.Sort(window);
            smooth[i] = window[width / 2];
        }
        return smooth;
    }
}
