namespace Crease.Cli;

/// <summary>A word that names one of a few things.</summary>
internal static class NamedWord
{
    /// <summary>The thing of a name.</summary>
    /// <param name="all">What may be named.</param>
    /// <param name="nameOf">Name of a thing.</param>
    /// <param name="name">The word.</param>
    /// <param name="option">Where it was said.</param>
    /// <exception cref="WordsException">Nothing has that name; the message lists all names.</exception>
    public static T Of<T>(IEnumerable<T> all, Func<T, string> nameOf, string name, string option)
    {
        foreach (T each in all)
        {
            if (nameOf(each) == name)
                return each;
        }
        throw new WordsException($"{option} is '{name}'; expected {string.Join(", ", all.Select(nameOf))}");
    }
}
