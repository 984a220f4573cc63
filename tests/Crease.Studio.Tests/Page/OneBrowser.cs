using Xunit;

namespace Crease.Studio.Tests;

/// <summary>Tests of the page share one browser and come one after the other.</summary>
[CollectionDefinition(Name)]
[Trait("Category", "Page")]
public sealed class OneBrowser : ICollectionFixture<Chromium>
{
    public const string Name = "Page";
}
