using Crease.Numerics;

namespace Crease.Geometry;

/// <summary>Joins the parts of a volume: corners and faces with equal keys are one vertex and one face.</summary>
internal static class VolumeAssembly
{
    public static VolumeArrays Assemble(List<VolumeRegions> parts, int maxRegions, Status status, long exactDecisions)
    {
        var vertices = new Dictionary<UInt128, int>();
        var faces = new Dictionary<UInt128, int>();
        var edges = new HashSet<(int, int)>();
        List<double> coordinates = [];
        List<int> firstCorners = [0], faceCorners = [], faceCreases = [], faceRegions = [], firstFaces = [0], regionFaces = [];
        int left = maxRegions;
        foreach (VolumeRegions part in parts)
        {
            var numbers = new int[part.CornerKeys.Count];
            Array.Fill(numbers, -1);
            int face = 0, loop = 0;
            for (int r = 0; r < part.Regions && left > 0; r++, left--)
            {
                int region = firstFaces.Count - 1;
                for (int f = 0; f < part.FaceCounts[r]; f++, face++)
                {
                    int length = part.LoopLengths[face];
                    if (faces.TryGetValue(part.FaceKeys[face], out int known))
                    {
                        if (faceRegions[2 * known + 1] >= 0 || firstCorners[known + 1] - firstCorners[known] != length)
                            throw new InvalidOperationException("The partition is inconsistent: two regions disagree on the face between them. Please report the network and slice.");
                        faceRegions[2 * known + 1] = region;
                        regionFaces.Add(known);
                        loop += length;
                        continue;
                    }
                    faces.Add(part.FaceKeys[face], faceCreases.Count);
                    regionFaces.Add(faceCreases.Count);
                    faceCreases.Add(part.FaceCreases[face]);
                    faceRegions.Add(region);
                    faceRegions.Add(-1);
                    for (int i = 0; i < length; i++)
                        faceCorners.Add(Vertex(part, part.Loops[loop + i], numbers, vertices, coordinates));
                    for (int i = firstCorners[^1]; i < faceCorners.Count; i++)
                    {
                        int a = faceCorners[i], b = faceCorners[i + 1 < faceCorners.Count ? i + 1 : firstCorners[^1]];
                        edges.Add((Math.Min(a, b), Math.Max(a, b)));
                    }
                    firstCorners.Add(faceCorners.Count);
                    loop += length;
                }
                firstFaces.Add(regionFaces.Count);
            }
        }
        int count = firstFaces.Count - 1;
        return new VolumeArrays
        {
            Vertices = [.. coordinates],
            FirstCorners = [.. firstCorners],
            FaceCorners = [.. faceCorners],
            FaceCreases = [.. faceCreases],
            FaceRegions = [.. faceRegions],
            FirstFaces = [.. firstFaces],
            RegionFaces = [.. regionFaces],
            Volumes = [.. parts.SelectMany(part => part.Volumes).Take(count)],
            Classes = [.. parts.SelectMany(part => part.Classes).Take(count)],
            SlopeNorms = [.. parts.SelectMany(part => part.SlopeNorms).Take(count)],
            CodeHashes = [.. parts.SelectMany(part => part.CodeHashes).Take(count)],
            NewFromLayer = [.. parts.SelectMany(part => part.NewFromLayer).Take(count)],
            EdgeCount = edges.Count,
            Status = status,
            ExactDecisions = exactDecisions,
        };
    }

    private static int Vertex(VolumeRegions part, int corner, int[] numbers, Dictionary<UInt128, int> vertices, List<double> coordinates)
    {
        if (numbers[corner] >= 0)
            return numbers[corner];
        if (!vertices.TryGetValue(part.CornerKeys[corner], out int vertex))
        {
            vertices.Add(part.CornerKeys[corner], vertex = vertices.Count);
            for (int axis = 0; axis < 3; axis++)
                coordinates.Add(part.Coordinates[3 * corner + axis]);
        }
        return numbers[corner] = vertex;
    }
}
