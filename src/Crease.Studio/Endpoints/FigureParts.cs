namespace Crease.Studio;

/// <summary>What figures and movies are made from.</summary>
internal sealed record FigureParts(NetworkShelf Shelf, SliceReader Reader, SuitedData Suited, WorkspaceFolder Workspace, StudioOptions Options, CutGate Gate);
