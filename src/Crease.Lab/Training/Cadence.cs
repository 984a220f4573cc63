using System.Globalization;

namespace Crease.Lab;

/// <summary>The steps at which something is done: the first (0), the last, and those of a rule between.</summary>
public sealed class Cadence
{
    private const int MostSteps = 1 << 22;

    private readonly Lazy<long[]> _listed;
    private readonly Lazy<HashSet<long>> _known;

    private Cadence(string text, IEnumerable<long> between, long last)
    {
        Text = text;
        // Listed when they are asked for: a rule that is only checked may mean millions.
        _listed = new(() => [.. between.Where(step => step > 0 && step < last).Append(0).Append(last).Distinct().Order()]);
        _known = new(() => [.. _listed.Value]);
    }

    /// <summary>The rule, as <see cref="Parse"/> takes it.</summary>
    public string Text { get; }

    /// <summary>All steps, ascending.</summary>
    public IReadOnlyList<long> Steps => _listed.Value;

    /// <summary>Whether it is done after so many steps.</summary>
    /// <param name="step">Number of steps done.</param>
    public bool Contains(long step) => _known.Value.Contains(step);

    /// <summary>Reads a rule.</summary>
    /// <param name="text">
    /// <c>published</c> (every step below 30, every 10 below 150, every 100 below 1,000, every 1,000 below 10,000, then every ⌈steps / 150⌉), <c>log:N</c> (the
    /// distinct whole parts of N numbers evenly spaced in the logarithm from 1 to the last step), <c>every:N</c>, or <c>ends</c> (first and last only).
    /// </param>
    /// <param name="last">The last step, at least 0.</param>
    /// <param name="name">What a message calls the rule.</param>
    /// <remarks>Source: <c>published</c> is the cadence of the released MNIST code of <c>humayun2024grok</c>, <c>log</c> that of its ResNet runs.</remarks>
    /// <exception cref="ArgumentException">The text is no rule.</exception>
    public static Cadence Parse(string text, long last, string name = "text")
    {
        string[] parts = text.Split(':');
        int number = 0;
        bool isNumbered = parts.Length == 2 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out number);
        return (parts[0], parts.Length) switch
        {
            ("published", 1) => new(text, Published(last), last),
            ("ends", 1) => new(text, [], last),
            ("log", 2) when isNumbered && number is >= 2 and <= 100_000 => new(text, LogSpaced(last, number), last),
            ("every", 2) when isNumbered && number >= 1 && last / number <= MostSteps => new(text, Every(number, last), last),
            _ => throw new ArgumentException($"'{name}' is '{text}'; expected published, log:N (N from 2 to 100000), every:N (at most {MostSteps} steps) or ends.", nameof(text)),
        };
    }

    /// <summary>A rule of a run that was given more steps: up to each end as it was when that was the last step.</summary>
    /// <param name="text">As <see cref="Parse"/> takes it.</param>
    /// <param name="ends">The last steps that the run had, ascending; at least one.</param>
    /// <exception cref="ArgumentException">The text is no rule, or the ends do not ascend.</exception>
    public static Cadence Over(string text, IReadOnlyList<long> ends)
    {
        var between = new List<long>();
        long start = -1;
        foreach (long end in ends)
        {
            if (end <= start)
                throw new ArgumentException($"The ends of the run are {string.Join(", ", ends)}; expected ascending ones.", nameof(ends));
            between.AddRange(Parse(text, end).Steps.Where(step => step > start));
            start = end;
        }
        return new(text, between, start);
    }

    private static IEnumerable<long> Published(long last)
    {
        long late = Math.Max(1, (last + 149) / 150);
        for (long step = 0; step < last;)
        {
            (long stride, long end) = step switch { < 30 => (1, 30), < 150 => (10, 150), < 1000 => (100, 1000), < 10_000 => (1000, 10_000), _ => (late, long.MaxValue) };
            if (step % stride == 0)
                yield return step;
            step = Math.Min((step / stride + 1) * stride, end);
        }
    }

    private static IEnumerable<long> LogSpaced(long last, int count)
    {
        double decades = Math.Log10(Math.Max(1, last));
        // Without the last, which its rounded power would miss by one.
        for (int i = 0; i < count - 1; i++)
            yield return (long)Math.Pow(10, i * (decades / (count - 1)));
    }

    private static IEnumerable<long> Every(int stride, long last)
    {
        for (long step = 0; step < last; step += stride)
            yield return step;
    }
}
