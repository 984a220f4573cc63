using System.Numerics.Tensors;
using Crease.Numerics;

namespace Crease.Lab;

/// <summary>One row under attack: what it asks at, what it was told, and the best point so far.</summary>
/// <remarks>
/// Of adversarial points inside the ball the nearest is kept; as long as there is none, the point of the largest offered loss, else the input. An adversarial
/// point outside of the ball counts for <see cref="Nearest"/> only.
/// </remarks>
internal sealed class RowSearch
{
    // Projections are right up to rounding.
    private const double Slack = 1 + 1e-12;

    private readonly AttackRows _rows;
    private readonly AttackOptions _options;
    private readonly double[] _best, _difference;
    private readonly SearchState? _before;
    private IAttackLoss? _loss;
    private double _bestLoss = double.NegativeInfinity;
    private int _bestClass, _pieces;

    public RowSearch(AttackRows rows, AttackOptions options, int row)
    {
        (_rows, _options, Row, Label) = (rows, options, row, rows.Label(row));
        Input = rows.Input(row).ToArray();
        (Point, _best, _difference, Gradient) = ([.. Input], [.. Input], new double[Input.Length], new double[Input.Length]);
        (Logits, CleanLogits, Slopes) = (new double[rows.Classes], new double[rows.Classes], new double[rows.Classes]);
        _before = rows.StateOf(row);
    }

    public int Row { get; }

    public int Label { get; }

    /// <summary>Shape [inputs].</summary>
    public double[] Input { get; }

    /// <summary>Where the next question is asked. Shape [inputs]; the search moves it.</summary>
    public double[] Point { get; }

    /// <summary>Logits at the point. Shape [classes].</summary>
    public double[] Logits { get; }

    /// <summary>Logits at the input. Shape [classes].</summary>
    public double[] CleanLogits { get; }

    /// <summary>Derivatives by the logits of what a gradient is asked of. Shape [classes].</summary>
    public double[] Slopes { get; }

    /// <summary>The gradient told last. Shape [inputs].</summary>
    public double[] Gradient { get; }

    public int CleanClass { get; private set; }

    /// <summary>Predicted class at the point.</summary>
    public int Class { get; private set; }

    /// <summary>Whether the point meets the criterion, inside the ball or not.</summary>
    public bool IsAdversarial => _options.Criterion.IsMet(Class, Label);

    /// <summary>Whether an adversarial point inside the ball was found.</summary>
    public bool HasFooled { get; private set; }

    /// <summary>Smallest distance of an adversarial point, infinite before there is one.</summary>
    public double Nearest { get; private set; } = double.PositiveInfinity;

    /// <summary>0-based number of the method in an ensemble.</summary>
    public int Stage { get; set; }

    /// <summary>Extents (channels, height, width) of the input as an image.</summary>
    public (int Channels, int Height, int Width) Image => _rows.Image;

    public int Queries { get; private set; }

    public int Gradients { get; private set; }

    /// <summary>Numbers and words that the piece before has left.</summary>
    public (double[] Numbers, ulong[] Words) Handed { get; private set; } = ([], []);

    /// <summary>Whether the next piece ended in an earlier call, and is to be left out. The row is as that call left it from its last such piece on.</summary>
    public bool IsBehind()
    {
        _pieces++;
        if (_before is not { } before || _pieces > before.Pieces)
            return false;
        if (_pieces == before.Pieces)
        {
            before.Best.CopyTo(_best, 0);
            (_bestLoss, _bestClass, HasFooled, Nearest) = (before.BestLoss, before.BestClass, before.HasFooled, before.Nearest);
            (Queries, Gradients, Handed) = (before.Queries, before.Gradients, (before.Numbers, before.Words));
        }
        return true;
    }

    /// <summary>Leaves numbers and words to the next piece; the arrays must not change any more.</summary>
    public void Hand(double[] numbers, ulong[] words) => Handed = (numbers, words);

    /// <summary>Keeps the row as it is after a piece, where a log is asked for.</summary>
    public void Keep() => _rows.Keep(Row, () => new SearchState(_pieces, _best, _bestLoss, _bestClass, HasFooled, Nearest, Queries, Gradients, Handed.Numbers, Handed.Words));

    /// <summary>A stream that depends on seed, row, stage and restart only.</summary>
    public RandomSource Random(int restart) => _rows.Random(Row, (Stage << 20) + restart);

    /// <summary>The loss at the point in the direction that is raised; sets the slopes.</summary>
    public double Loss(IAttackLoss loss)
    {
        _loss = loss;
        return Loss(loss, Logits);
    }

    /// <summary>The slopes at the logits of another random evaluation at the same point; those of two logits are the same at all.</summary>
    public void SlopesAt(ReadOnlySpan<double> logits)
    {
        if (_loss is not null)
            Loss(_loss, logits);
    }

    private double Loss(IAttackLoss loss, ReadOnlySpan<double> logits)
    {
        int direction = _options.Criterion.Direction;
        double value = direction * loss.Of(logits, _options.Criterion.ClassOf(Label), Slopes);
        TensorPrimitives.Multiply(Slopes, direction, Slopes);
        return value;
    }

    /// <summary>Slopes of one logit minus another.</summary>
    public void SlopesOf(int plus, int minus)
    {
        _loss = null;
        Array.Clear(Slopes);
        (Slopes[plus], Slopes[minus]) = (1, -1);
    }

    /// <summary>Offers the point as the best failure; it must lie in ball and box.</summary>
    public void Offer(double loss)
    {
        if (HasFooled || !(loss > _bestLoss))
            return;
        (_bestLoss, _bestClass) = (loss, Class);
        Point.CopyTo(_best, 0);
    }

    /// <summary>Tells the logits at the point and the class that counts there.</summary>
    public void TellLogits(ReadOnlySpan<double> logits, int counted)
    {
        Class = counted;
        AttackChecks.FiniteLogits(Row, logits);
        logits.CopyTo(Logits);
        if (Queries++ == 0)
        {
            (CleanClass, _bestClass) = (Class, Class);
            logits.CopyTo(CleanLogits);
        }
        if (!IsAdversarial)
            return;
        TensorPrimitives.Subtract(Point, Input, _difference);
        double distance = _options.Distance.Norm(_difference);
        if (distance < Nearest && distance <= _options.Epsilon * Slack)
        {
            (HasFooled, _bestClass) = (true, Class);
            Point.CopyTo(_best, 0);
        }
        Nearest = Math.Min(Nearest, distance);
    }

    public void TellGradient(ReadOnlySpan<double> gradient)
    {
        AttackChecks.FiniteGradient(Row, gradient);
        gradient.CopyTo(Gradient);
        Gradients++;
    }

    /// <summary>Puts back what was found. A failure is judged once more: in single precision a point that fools may have seemed not to.</summary>
    public void Put(Verdicts verdicts)
    {
        int settled = HasFooled ? _bestClass : verdicts.Of(_best, _bestClass);
        if (settled != _bestClass)
        {
            (_bestClass, HasFooled) = (settled, _options.Criterion.IsMet(settled, Label));
            TensorPrimitives.Subtract(_best, Input, _difference);
            Nearest = HasFooled ? Math.Min(Nearest, _options.Distance.Norm(_difference)) : Nearest;
        }
        _rows.Put(Row, CleanClass, _bestClass, _best, Gradients, Queries, Nearest, HasFooled ? Stage : -1);
    }
}
