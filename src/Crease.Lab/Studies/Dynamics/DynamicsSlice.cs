using Crease.Models;
using Crease.Networks;

namespace Crease.Lab;

/// <summary>Where a series of networks is looked at when nobody says where.</summary>
public static class DynamicsSlice
{
    private const double Margin = 0.2;

    /// <summary>The box of the rows where they have two numbers, else the plane through the first three rows that span one.</summary>
    /// <param name="rows">Rows that were trained on.</param>
    /// <exception cref="ModelException">Rows have one number each, or no three of them span a plane.</exception>
    public static Slice Through(DataSet rows) => Through(rows, out _);

    /// <summary>The same, and where it goes through.</summary>
    /// <param name="rows">Rows that were trained on.</param>
    /// <param name="anchors">The three rows of the plane; none where the slice is the box of all rows.</param>
    /// <exception cref="ModelException">Rows have one number each, or no three of them span a plane.</exception>
    public static Slice Through(DataSet rows, out int[] anchors)
    {
        anchors = [];
        if (rows.Size < 2)
            throw new ModelException(rows.Name, "has rows of one number; a slice of two dimensions needs two");
        if (rows.Size == 2)
        {
            double[][] points = rows.Inputs;
            (double left, double right, double bottom, double top) = (points.Min(p => p[0]), points.Max(p => p[0]), points.Min(p => p[1]), points.Max(p => p[1]));
            (double x, double y) = (Margin * (right - left), Margin * (top - bottom));
            return Slice.Box(left - x, right + x, bottom - y, top + y);
        }
        for (int first = 0; first + 2 < rows.Count; first++)
        {
            try
            {
                Slice slice = Slice.Through(rows.Row(first), rows.Row(first + 1), rows.Row(first + 2), Margin);
                anchors = [first, first + 1, first + 2];
                return slice;
            }
            catch (ArgumentException)
            {
                // Equal rows, or rows on a line: the next three.
            }
        }
        throw new ModelException(rows.Name, "has no three rows in a row that span a plane");
    }
}
