using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Crease.Networks.Layers;

namespace Crease.Networks;

/// <summary>Max pooling of 2 by 2 windows side by side in single precision: four windows of two lines at once, without branches on which element wins.</summary>
internal sealed class SinglePairPooling(MaxPooling layer) : SingleLayer
{
    // Of two lines of eight numbers.
    private const int Windows = 4;

    private static Vector256<int> Neighbors => Vector256.Create(1, 0, 3, 2, 5, 4, 7, 6);

    private static Vector256<int> Firsts => Vector256.Create(0, 2, 4, 6, 0, 2, 4, 6);

    private static Vector256<int> Doubled => Vector256.Create(0, 0, 1, 1, 2, 2, 3, 3);

    private static Vector256<int> Lane => Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7);

    private static Vector256<float> IsSecond => Vector256.Create(0, -1, 0, -1, 0, -1, 0, -1).AsSingle();

    private readonly int _width = layer.InputShapes[0][2], _plane = layer.InputShapes[0][1] * layer.InputShapes[0][2], _channels = layer.OutputShape[0], _rows = layer.OutputShape[1], _columns = layer.OutputShape[2];

    /// <summary>Whether the windows are 2 by 2, side by side, inside the input, and at least four in a line.</summary>
    public static bool Takes(MaxPooling layer) =>
        layer.Windows is { Height: 2, Width: 2, StrideY: 2, StrideX: 2, DilationY: 1, DilationX: 1, Top: 0, Left: 0 }
        && layer.OutputShape[2] >= Windows && 2 * layer.OutputShape[1] <= layer.InputShapes[0][1] && 2 * layer.OutputShape[2] <= layer.InputShapes[0][2];

    public override void Apply(float[][] inputs, int count, float[] output, SingleScratch scratch)
    {
        for (int plane = 0; plane < count * _channels; plane++)
        {
            for (int row = 0; row < _rows; row++)
            {
                ref float x = ref MemoryMarshal.GetReference(inputs[0].AsSpan(plane * _plane + 2 * row * _width, 2 * _width)), y = ref MemoryMarshal.GetReference(output.AsSpan((plane * _rows + row) * _columns, _columns));
                for (int done = 0; done < _columns; done += Windows)
                {
                    // The last four windows of a line may begin before the end of those before them.
                    int at = Math.Min(done, _columns - Windows);
                    Vector256<float> larger = Vector256.Max(Vector256.LoadUnsafe(ref x, (nuint)(2 * at)), Vector256.LoadUnsafe(ref x, (nuint)(2 * at + _width)));
                    Vector256.Shuffle(Vector256.Max(larger, Vector256.Shuffle(larger, Neighbors)), Firsts).GetLower().StoreUnsafe(ref y, (nuint)at);
                }
            }
        }
    }

    public override void Pull(float[][] inputs, float[] output, float[] gradient, int count, float[][] pulled, SingleScratch scratch)
    {
        for (int plane = 0; plane < count * _channels; plane++)
        {
            for (int row = 0; row < _rows; row++)
            {
                int from = plane * _plane + 2 * row * _width, to = (plane * _rows + row) * _columns;
                ref float x = ref MemoryMarshal.GetReference(inputs[0].AsSpan(from, 2 * _width)), target = ref MemoryMarshal.GetReference(pulled[0].AsSpan(from, 2 * _width));
                ref float y = ref MemoryMarshal.GetReference(output.AsSpan(to, _columns)), slope = ref MemoryMarshal.GetReference(gradient.AsSpan(to, _columns));
                for (int done = 0; done < _columns; done += Windows)
                {
                    int at = Math.Min(done, _columns - Windows);
                    nuint first = (nuint)(2 * at), second = (nuint)(2 * at + _width);
                    Vector256<float> best = Twice(ref y, at), slopes = Twice(ref slope, at);
                    if (at < done)
                        slopes = Vector256.ConditionalSelect(Vector256.GreaterThanOrEqual(Lane, Vector256.Create(2 * (done - at))).AsSingle(), slopes, Vector256<float>.Zero);
                    Vector256<float> above = Vector256.Equals(Vector256.LoadUnsafe(ref x, first), best), below = Vector256.Equals(Vector256.LoadUnsafe(ref x, second), best);
                    Vector256<float> besideAbove = Vector256.Shuffle(above, Neighbors), besideBelow = Vector256.Shuffle(below, Neighbors);
                    // The first maximum in row-major order: a second one of a line, or one of the second line, only where none is before it.
                    Vector256<float> winsAbove = Vector256.AndNot(above, besideAbove & IsSecond), winsBelow = Vector256.AndNot(Vector256.AndNot(below, besideBelow & IsSecond), above | besideAbove);
                    (Vector256.LoadUnsafe(ref target, first) + (slopes & winsAbove)).StoreUnsafe(ref target, first);
                    (Vector256.LoadUnsafe(ref target, second) + (slopes & winsBelow)).StoreUnsafe(ref target, second);
                }
            }
        }
    }

    private static Vector256<float> Twice(ref float start, int at) => Vector256.Shuffle(Vector128.LoadUnsafe(ref start, (nuint)at).ToVector256Unsafe(), Doubled);
}
