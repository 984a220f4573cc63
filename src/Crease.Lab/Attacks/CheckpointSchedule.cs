namespace Crease.Lab;

/// <summary>After which steps APGD looks whether its step size is still right.</summary>
/// <remarks>Source: Croce and Hein 2020, <c>croce2020reliable</c>, section 3.2; whole numbers as in the released code.</remarks>
internal static class CheckpointSchedule
{
    /// <summary>1-based steps; n = 100 gives 22, 41, 57, 70, 80, 87, 93, 99.</summary>
    /// <param name="steps">Number of steps, at least 1.</param>
    public static IEnumerable<int> Of(int steps)
    {
        int window = First(steps);
        for (int at = window; at <= steps; at += window)
        {
            yield return at;
            window = Next(window, steps);
        }
    }

    // Shares are hundredths, so that whole numbers do not depend on how 0.22 is rounded.
    public static int First(int steps) => Math.Max((int)(22L * steps / 100), 1);

    public static int Next(int window, int steps) => Math.Max(window - Math.Max((int)(3L * steps / 100), 1), Math.Max((int)(6L * steps / 100), 1));

    /// <summary>The fixed distance of checkpoints in L1.</summary>
    public static int Sparse(int steps) => Math.Max((int)(4L * steps / 100), 1);
}
