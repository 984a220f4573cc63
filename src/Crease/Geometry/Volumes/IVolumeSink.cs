namespace Crease.Geometry;

/// <summary>Where one worker's finished cells go.</summary>
internal interface IVolumeSink
{
    /// <summary>Whether cells on which the output keeps one sign are dropped before they are refined.</summary>
    bool DropsBySign { get; }

    /// <summary>Number of regions kept so far.</summary>
    int Regions { get; }

    /// <summary>A cell that is one region: no item is undecided.</summary>
    void Add(VolumeCell cell, VolumeCutter cutter);

    /// <summary>A cell on which the output has one sign.</summary>
    void Drop(VolumeCell cell, int sign);
}
