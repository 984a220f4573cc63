namespace Crease.Lab;

/// <summary>A row between two pieces of its attack: a row that begins with it goes through the same numbers as one that was never stopped.</summary>
/// <param name="Pieces">Number of pieces that have ended.</param>
/// <param name="Best">The best point so far. Shape [inputs].</param>
/// <param name="BestLoss">The loss there.</param>
/// <param name="BestClass">The class there that counts.</param>
/// <param name="HasFooled">Whether an adversarial point inside the ball was found.</param>
/// <param name="Nearest">Smallest distance of an adversarial point; infinite before there is one.</param>
/// <param name="Queries">Number of points whose logits were asked for.</param>
/// <param name="Gradients">Number of gradient evaluations.</param>
/// <param name="Numbers">What the method hands to its next piece.</param>
/// <param name="Words">Bits that it hands over, for example of a stream of random numbers.</param>
internal sealed record SearchState(
    int Pieces, double[] Best, double BestLoss, int BestClass, bool HasFooled, double Nearest, int Queries, int Gradients, double[] Numbers, ulong[] Words)
{
    /// <summary>Writes it.</summary>
    public void Write(BinaryWriter writer)
    {
        foreach (int number in (int[])[Pieces, BestClass, HasFooled ? 1 : 0, Queries, Gradients, Best.Length, Numbers.Length, Words.Length])
            writer.Write(number);
        foreach (double number in (double[])[BestLoss, Nearest, .. Best, .. Numbers])
            writer.Write(number);
        foreach (ulong word in Words)
            writer.Write(word);
    }

    /// <summary>Reads it back.</summary>
    /// <param name="bytes">What was written.</param>
    /// <param name="inputs">Numbers per input.</param>
    /// <returns>Null where the bytes are no state of a row of this size.</returns>
    public static SearchState? Read(byte[] bytes, int inputs)
    {
        const int Head = 8 * sizeof(int) + 2 * sizeof(double);
        if (bytes.Length < Head)
            return null;
        using var reader = new BinaryReader(new MemoryStream(bytes));
        int[] head = [.. Enumerable.Range(0, 8).Select(_ => reader.ReadInt32())];
        (int best, int numbers, int words) = (head[5], head[6], head[7]);
        if (best != inputs || numbers < 0 || words < 0 || Head + ((long)best + numbers + words) * sizeof(double) != bytes.Length)
            return null;
        (double loss, double nearest) = (reader.ReadDouble(), reader.ReadDouble());
        double[] Next(int count) => [.. Enumerable.Range(0, count).Select(_ => reader.ReadDouble())];
        return new SearchState(head[0], Next(best), loss, head[1], head[2] != 0, nearest, head[3], head[4], Next(numbers), [.. Enumerable.Range(0, words).Select(_ => reader.ReadUInt64())]);
    }
}
