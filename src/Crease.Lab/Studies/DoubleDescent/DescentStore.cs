namespace Crease.Lab;

/// <summary>Measurements as they are done, a file each: a call after a kill makes only those that are missing.</summary>
/// <param name="folder">Folder of the files; made with the first.</param>
internal sealed class DescentStore(string folder)
{
    /// <summary>The measurement of a key: kept, or made now.</summary>
    /// <param name="name">How its file begins.</param>
    /// <param name="key">All that it depends on.</param>
    /// <param name="make">Makes it.</param>
    /// <exception cref="TrainingException">The file cannot be written.</exception>
    public T Of<T>(string name, object key, Func<T> make)
        where T : class
    {
        string path = StudyFile.At(folder, name, key);
        if (StudyFile.Find<T>(path) is T kept)
            return kept;
        T made = make();
        StudyFile.Write(path, made);
        return made;
    }
}
