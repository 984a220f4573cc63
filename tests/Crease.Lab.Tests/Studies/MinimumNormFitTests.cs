using Crease.Numerics;
using TorchSharp;
using Xunit;

namespace Crease.Lab.Tests.Studies;

/// <summary>Laws of fits with the smallest coefficients, for both ways of decomposing.</summary>
public sealed class MinimumNormFitTests
{
    private const int Rows = 30, Outputs = 3;

    public static TheoryData<int> Sizes => [4, 17, 29, 30, 31, 45, 89, 90, 200];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Residuals_vanish_from_as_many_columns_as_rows_on_and_are_normal_to_the_columns_before(int columns)
    {
        LibTorch.Require();
        using DisposeScope scope = torch.NewDisposeScope();
        (torch.Tensor features, torch.Tensor targets) = Drawn(columns);
        using var fit = new MinimumNormFit(features, targets, 1e-13);
        Assert.Equal(columns >= 3 * Rows, fit.IsGram);
        Assert.Equal(Math.Min(columns, Rows), fit.Rank);
        torch.Tensor residual = targets.sub(features.mm(fit.Minimal));
        if (columns >= Rows)
            Assert.True(residual.Squared().sum(1).max().item<double>() <= 1e-18);
        else
            Assert.True(features.t().mm(residual).abs().max().item<double>() < 1e-10);
        Assert.Equal(Math.Min(columns, Rows), fit.Trace(features), 1e-6);
    }

    [Theory]
    [InlineData(45)]
    [InlineData(90)]
    [InlineData(200)]
    public void Coefficients_lie_in_the_space_of_the_rows_so_that_any_other_solution_is_larger(int columns)
    {
        LibTorch.Require();
        using DisposeScope scope = torch.NewDisposeScope();
        (torch.Tensor features, torch.Tensor targets) = Drawn(columns);
        using var fit = new MinimumNormFit(features, targets, 1e-13);
        double norm = Norm(fit.Minimal);
        // By QR of the rows, which the fit does not use.
        (torch.Tensor basis, torch.Tensor _) = torch.linalg.qr(features.t());
        Assert.True(Norm(fit.Minimal.sub(basis.mm(basis.t().mm(fit.Minimal)))) <= 1e-9 * norm);
        torch.Tensor other = RandomFeatures.Kept(Normals(columns * Outputs, 9), columns, Outputs), nothing = other.sub(basis.mm(basis.t().mm(other)));
        Assert.True(Norm(features.mm(nothing)) < 1e-10 && Norm(nothing) > 1);
        Assert.All(new[] { 0.01, 1, -1 }, factor => Assert.True(Norm(fit.Minimal.Plus(nothing.Times(factor))) > norm));
    }

    [Theory]
    [InlineData(17)]
    [InlineData(45)]
    [InlineData(200)]
    public void Ridge_solves_its_normal_equations_and_goes_to_the_smallest_norm(int columns)
    {
        LibTorch.Require();
        using DisposeScope scope = torch.NewDisposeScope();
        (torch.Tensor features, torch.Tensor targets) = Drawn(columns);
        using var fit = new MinimumNormFit(features, targets, 1e-13);
        const double Strength = 0.7;
        torch.Tensor ridge = fit.Right.mm(fit.Scaled(fit.Shrunk(Strength)));
        torch.Tensor gradient = features.t().mm(features.mm(ridge).sub(targets)).Plus(ridge.Times(Strength));
        Assert.True(gradient.abs().max().item<double>() < 1e-9);
        Assert.True(Norm(ridge) < Norm(fit.Minimal));
        Assert.True(Norm(fit.Right.mm(fit.Scaled(fit.Shrunk(1e-13))).sub(fit.Minimal)) < 1e-6 * Norm(fit.Minimal));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(120)]
    public void Repeated_rows_are_dropped_and_told(int columns)
    {
        LibTorch.Require();
        using DisposeScope scope = torch.NewDisposeScope();
        (torch.Tensor features, torch.Tensor targets) = Drawn(columns);
        features = torch.cat([features.narrow(0, 0, 15), features.narrow(0, 0, 15)]);
        targets = torch.cat([targets.narrow(0, 0, 15), targets.narrow(0, 0, 15)]);
        using var fit = new MinimumNormFit(features, targets, 1e-13);
        Assert.False(fit.IsGram);
        Assert.Equal(15, fit.Rank);
        Assert.True(fit.Values[14] > 1e-3 && fit.Values[15] < 1e-12);
        Assert.Equal(15, fit.Trace(features), 1e-6);
    }

    private static (torch.Tensor Features, torch.Tensor Targets) Drawn(int columns) => (RandomFeatures.Kept(Normals(Rows * columns, 1), Rows, columns), RandomFeatures.Kept(Normals(Rows * Outputs, 2), Rows, Outputs));

    private static double[] Normals(int count, ulong seed)
    {
        var random = new RandomSource(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.Normal())];
    }

    private static double Norm(torch.Tensor tensor) => tensor.Squared().sum().sqrt().item<double>();
}
