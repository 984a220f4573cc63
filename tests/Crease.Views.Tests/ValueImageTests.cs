using Crease.Models;
using Crease.Networks;
using SkiaSharp;
using Xunit;

namespace Crease.Views.Tests;

/// <summary>Rows of numbers as pixels.</summary>
public sealed class ValueImageTests
{
    [Fact]
    public void Values_become_squares_of_gray()
    {
        using SKBitmap image = SKBitmap.Decode(ValueImage.Png([0, 0.5, 1, 2, -1, 0.25], new Shape(1, 2, 3), DataRange.Pixels, 3));
        Assert.Equal((9, 6), (image.Width, image.Height));
        Assert.Equal(new SKColor(128, 128, 128), image.GetPixel(4, 1));
        Assert.Equal(SKColors.White, image.GetPixel(0, 5));
        Assert.Equal(SKColors.Black, image.GetPixel(3, 3));
    }

    [Fact]
    public void Signs_are_colors_and_nothing_is_white()
    {
        using SKBitmap image = SKBitmap.Decode(ValueImage.SignedPng([-2, 0, 2], new Shape(1, 1, 3)));
        Assert.Equal(new SKColor(0x21, 0x66, 0xAC), image.GetPixel(0, 0));
        Assert.Equal(SKColors.White, image.GetPixel(1, 0));
        Assert.Equal(new SKColor(0xB2, 0x18, 0x2B), image.GetPixel(2, 0));
        using SKBitmap zeros = SKBitmap.Decode(ValueImage.SignedPng(new double[4], new Shape(1, 2, 2)));
        Assert.Equal(SKColors.White, zeros.GetPixel(0, 0));
    }

    [Fact]
    public void What_is_no_image_is_refused()
    {
        Assert.Throws<ArgumentException>(() => ValueImage.Png(new double[4], new Shape(4), DataRange.Pixels));
        Assert.Throws<ArgumentException>(() => ValueImage.Png(new double[8], new Shape(2, 2, 2), DataRange.Pixels));
        Assert.Throws<ArgumentException>(() => ValueImage.Png(new double[4], new Shape(1, 2, 2), DataRange.Pixels, 100));
    }
}
