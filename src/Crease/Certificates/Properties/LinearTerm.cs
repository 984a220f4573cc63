using Crease.Numerics;

namespace Crease.Certificates;

/// <summary>A linear combination of inputs and outputs with float64 coefficients, plus a decimal number.</summary>
internal sealed record LinearTerm(Dictionary<int, double> Inputs, Dictionary<int, double> Outputs, DecimalNumber Constant, bool IsFinite)
{
    private static readonly DecimalNumber Zero = new(0, 0);

    public bool IsNumber => Inputs.Count == 0 && Outputs.Count == 0;

    public static LinearTerm Of(DecimalNumber number) => new([], [], number, true);

    public static LinearTerm Of(bool isInput, int index) => new(isInput ? new() { [index] = 1 } : [], isInput ? [] : new() { [index] = 1 }, Zero, true);

    public LinearTerm Minus(LinearTerm other)
    {
        bool isFinite = IsFinite && other.IsFinite;
        Dictionary<int, double> inputs = Joined(Inputs, other.Inputs, ref isFinite), outputs = Joined(Outputs, other.Outputs, ref isFinite);
        bool first = Constant == Zero, second = other.Constant == Zero;
        DecimalNumber constant = second ? Constant : first ? other.Constant.Negated
            : new(Difference(Constant.Below, other.Constant.Above, true), Difference(Constant.Above, other.Constant.Below, false));
        return new(inputs, outputs, constant, isFinite && double.IsFinite(constant.Below) && double.IsFinite(constant.Above));
    }

    public LinearTerm Times(double factor)
    {
        bool isFinite = IsFinite;
        Dictionary<int, double> inputs = Scaled(Inputs, factor, ref isFinite), outputs = Scaled(Outputs, factor, ref isFinite);
        DecimalNumber constant = factor == 1 || Constant == Zero ? Constant : factor == -1 ? Constant.Negated
            : factor >= 0 ? new(Product(Constant.Below, factor, true), Product(Constant.Above, factor, false))
            : new(Product(Constant.Above, factor, true), Product(Constant.Below, factor, false));
        return new(inputs, outputs, constant, isFinite && double.IsFinite(constant.Below) && double.IsFinite(constant.Above));
    }

    // Coefficients must come out exactly: a sum that rounds is refused by being not finite.
    private static Dictionary<int, double> Joined(Dictionary<int, double> left, Dictionary<int, double> right, ref bool isFinite)
    {
        var sum = new Dictionary<int, double>(left);
        foreach ((int index, double value) in right)
        {
            DoubleDouble exact = DoubleDouble.Sum(sum.GetValueOrDefault(index), -value);
            isFinite &= exact.Low == 0 && double.IsFinite(exact.High);
            sum[index] = exact.High;
            if (exact.High == 0)
                sum.Remove(index);
        }
        return sum;
    }

    private static Dictionary<int, double> Scaled(Dictionary<int, double> terms, double factor, ref bool isFinite)
    {
        var scaled = new Dictionary<int, double>();
        foreach ((int index, double value) in terms)
        {
            double product = value * factor;
            isFinite &= double.IsFinite(product) && Math.FusedMultiplyAdd(value, factor, -product) == 0;
            if (product != 0)
                scaled[index] = product;
        }
        return scaled;
    }

    private static double Difference(double a, double b, bool down)
    {
        DoubleDouble exact = DoubleDouble.Sum(a, -b);
        return exact.Low == 0 ? exact.High : down ? Math.BitDecrement(exact.High) : Math.BitIncrement(exact.High);
    }

    private static double Product(double a, double b, bool down)
    {
        double product = a * b;
        bool isExact = Math.FusedMultiplyAdd(a, b, -product) == 0 && (Math.Abs(product) > 1e-250 || a == 0 || b == 0);
        return isExact ? product : down ? Math.BitDecrement(product) : Math.BitIncrement(product);
    }
}
