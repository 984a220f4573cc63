using System.Runtime.CompilerServices;
using Crease.Networks;
using Crease.Numerics;

namespace Crease.Geometry;

/// <summary>Puts the meshes of all parts together: one numbering, the seams joined, the vertices on them found.</summary>
internal sealed class MeshAssembly
{
    // Per block of so many half-edges the part that its first one is in.
    private const int BlockBits = 6;

    private readonly List<PartMesh> _meshes;
    private readonly int[] _partAt, _regionAt, _halfEdgeAt, _vertexAt;
    private readonly int[] _first, _origins, _twins, _creases, _classes;
    private readonly double[] _areas, _slopeNorms;
    private readonly ulong[] _hashes;
    private readonly ushort[] _newFrom;
    private readonly int _regions, _halfEdges;
    private readonly double[] _vertices;

    private MeshAssembly(List<PartMesh> meshes)
    {
        _meshes = meshes;
        _regionAt = Starts(mesh => mesh.Buffer.Regions);
        _halfEdgeAt = Starts(mesh => mesh.Buffer.HalfEdges);
        _vertexAt = Starts(mesh => mesh.VertexCount);
        _partAt = new int[(_halfEdgeAt[^1] >> BlockBits) + 1];
        for (int part = 0, block = 0; block < _partAt.Length; _partAt[block++] = part)
        {
            while (_halfEdgeAt[part + 1] <= block << BlockBits && part + 1 < meshes.Count)
                part++;
        }
        (_regions, _halfEdges) = (_regionAt[^1], _halfEdgeAt[^1]);
        _first = New<int>(_regions + 1);
        _origins = New<int>(_halfEdges);
        _twins = New<int>(_halfEdges);
        _creases = New<int>(_halfEdges);
        _classes = New<int>(_regions);
        _areas = New<double>(_regions);
        _slopeNorms = New<double>(_regions);
        _hashes = New<ulong>(_regions);
        _newFrom = New<ushort>(_regions);
        _vertices = New<double>(2 * (_vertexAt[^1] + meshes.Sum(mesh => mesh.Seam.Count)));
        _first[_regions] = _halfEdges;
    }

    public static PartitionArrays Assemble(CutTree tree, List<PartMesh> meshes, Slice slice, (double X, double Y) shift, bool boundary, bool compareMaps, int threads)
    {
        var assembly = new MeshAssembly(meshes);
        int at = 0;
        foreach (CutTree.Node part in tree.Parts.Where(part => part.Mesh is not null))
            part.FirstHalfEdge = assembly._halfEdgeAt[at++];
        Workers.For(meshes.Count, threads, assembly.Link);
        var seams = new RegionBuffer { Pairs = [], Link = assembly._twins };
        tree.Join(seams);
        int vertices = 0;
        int? maps = null;
        DecisionBoundary? line = null;
        // What no other worker can take over begins first; none of these reads what another one writes.
        Action[] wholes = [() => vertices = assembly.JoinSeams(), () => maps = compareMaps ? assembly.DistinctMaps(seams.Pairs) : null, () => line = boundary ? assembly.Boundary(slice, shift) : null];
        Workers.For(wholes.Length + meshes.Count, Math.Min(threads, meshes.Count), job =>
        {
            if (job < wholes.Length)
                wholes[job]();
            else
                assembly.Copy(job - wholes.Length);
        });
        Shift(assembly._vertices.AsSpan(0, 2 * vertices), shift);
        return new PartitionArrays
        {
            Vertices = assembly._vertices.AsMemory(0, 2 * vertices),
            FirstHalfEdges = assembly._first,
            Origins = assembly._origins,
            Twins = assembly._twins,
            Creases = assembly._creases,
            Areas = assembly._areas,
            Classes = assembly._classes,
            SlopeNorms = assembly._slopeNorms,
            CodeHashes = assembly._hashes,
            NewFromLayer = assembly._newFrom,
            EdgeCount = (assembly._halfEdges + meshes.Sum(mesh => mesh.Unpaired) - 2 * seams.Pairs.Count) / 2,
            DistinctAffineMaps = maps,
            Boundary = line,
            UsesPositions = seams.UsesPositions || meshes.Exists(mesh => mesh.Buffer.UsesPositions),
        };
    }

    // What joining seams reads.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Link(int part)
    {
        PartMesh mesh = _meshes[part];
        RegionBuffer buffer = mesh.Buffer;
        int region = _regionAt[part], halfEdge = _halfEdgeAt[part], halfEdges = buffer.HalfEdges;
        for (int r = 0; r < buffer.Regions; r++)
            _first[region + r] = buffer.First[r] + halfEdge;
        Shift(buffer.Link.AsSpan(0, halfEdges), halfEdge, _twins.AsSpan(halfEdge));
        Shift(mesh.Origins.AsSpan(0, halfEdges), _vertexAt[part], _origins.AsSpan(halfEdge));
    }

    private void Copy(int part)
    {
        PartMesh mesh = _meshes[part];
        RegionBuffer buffer = mesh.Buffer;
        int region = _regionAt[part], regions = buffer.Regions;
        buffer.Class.AsSpan(0, regions).CopyTo(_classes.AsSpan(region));
        buffer.Area.AsSpan(0, regions).CopyTo(_areas.AsSpan(region));
        buffer.SlopeNorm.AsSpan(0, regions).CopyTo(_slopeNorms.AsSpan(region));
        buffer.Hash.AsSpan(0, regions).CopyTo(_hashes.AsSpan(region));
        buffer.NewFrom.AsSpan(0, regions).CopyTo(_newFrom.AsSpan(region));
        buffer.Crease.AsSpan(0, buffer.HalfEdges).CopyTo(_creases.AsSpan(_halfEdgeAt[part]));
        mesh.Vertices.AsSpan(0, 2 * mesh.VertexCount).CopyTo(_vertices.AsSpan(2 * _vertexAt[part]));
    }

    private static void Shift(ReadOnlySpan<int> from, int by, Span<int> to)
    {
        // Negative ones, all of whose bits above are set, become -1 without a branch.
        for (int i = 0; i < from.Length; i++)
            to[i] = (from[i] + by) | (from[i] >> 31);
    }

    // Vertices on seams come last: orbits through several parts.
    private int JoinSeams()
    {
        int count = _vertexAt[^1];
        for (int part = 0; part < _meshes.Count; part++)
        {
            RegionBuffer buffer = _meshes[part].Buffer;
            foreach (int own in _meshes[part].Seam)
            {
                int h = _halfEdgeAt[part] + own, around = h;
                if (_origins[h] >= 0)
                    continue;
                (_vertices[2 * count], _vertices[2 * count + 1]) = (buffer.X[own], buffer.Y[own]);
                do
                {
                    _origins[around] = count;
                    around = _twins[Step(around, -1)];
                }
                while (around >= 0 && around != h);
                for (around = around < 0 && _twins[h] >= 0 ? Step(_twins[h], 1) : -1; around >= 0; around = _twins[around] < 0 ? -1 : Step(_twins[around], 1))
                    _origins[around] = count;
                count++;
            }
        }
        return count;
    }

    private int Step(int halfEdge, int by)
    {
        int region = RegionOf(halfEdge), to = halfEdge + by;
        return to < _first[region] ? _first[region + 1] - 1 : to == _first[region + 1] ? _first[region] : to;
    }

    private int PartOf(int halfEdge)
    {
        int part = _partAt[halfEdge >> BlockBits];
        while (_halfEdgeAt[part + 1] <= halfEdge)
            part++;
        return part;
    }

    private int RegionOf(int halfEdge)
    {
        int part = PartOf(halfEdge);
        return _regionAt[part] + _meshes[part].Buffer.Face[halfEdge - _halfEdgeAt[part]];
    }

    private bool HaveEqualMaps(int halfEdge, int twin)
    {
        int p = PartOf(halfEdge), q = PartOf(twin);
        return RegionBuffer.HaveEqualMaps(_meshes[p].Buffer, RegionOf(halfEdge) - _regionAt[p], _meshes[q].Buffer, RegionOf(twin) - _regionAt[q]);
    }

    private int DistinctMaps(List<(int HalfEdge, int Twin)> seams)
    {
        seams = seams.FindAll(pair => HaveEqualMaps(pair.HalfEdge, pair.Twin));
        if (seams.Count == 0 && _meshes.TrueForAll(mesh => mesh.Buffer.EqualMaps.Count == 0))
            return _regions;
        var leader = new int[_regions];
        for (int r = 0; r < leader.Length; r++)
            leader[r] = r;
        int distinct = _regions;
        for (int part = 0; part < _meshes.Count; part++)
        {
            foreach ((int region, int neighbor) in _meshes[part].Buffer.EqualMaps)
                Merge(_regionAt[part] + region, _regionAt[part] + neighbor);
        }
        foreach ((int h, int twin) in seams)
            Merge(RegionOf(h), RegionOf(twin));
        return distinct;

        void Merge(int region, int neighbor)
        {
            int p = Find(region), q = Find(neighbor);
            if (p == q)
                return;
            leader[Math.Max(p, q)] = Math.Min(p, q);
            distinct--;
        }

        int Find(int r)
        {
            while (leader[r] != r)
                r = leader[r] = leader[leader[r]];
            return r;
        }
    }

    private DecisionBoundary Boundary(Slice slice, (double X, double Y) shift)
    {
        int segments = _meshes.Sum(mesh => mesh.Buffer.Segments), at = 0;
        double[] ends = New<double>(4 * segments);
        int[] regions = New<int>(segments), classes = New<int>(2 * segments);
        for (int part = 0; part < _meshes.Count; part++)
        {
            RegionBuffer buffer = _meshes[part].Buffer;
            buffer.Ends.AsSpan(0, 4 * buffer.Segments).CopyTo(ends.AsSpan(4 * at));
            buffer.SegmentClasses.AsSpan(0, 2 * buffer.Segments).CopyTo(classes.AsSpan(2 * at));
            for (int s = 0; s < buffer.Segments; s++)
                regions[at + s] = buffer.SegmentRegion[s] + _regionAt[part];
            at += buffer.Segments;
        }
        Shift(ends, shift);
        return new DecisionBoundary(slice, ends, regions, classes);
    }

    // Back to the coordinates of the given slice, when the cut was made in nearer ones.
    private static void Shift(Span<double> points, (double X, double Y) shift)
    {
        for (int i = 0; i < points.Length && shift != (0, 0); i += 2)
            (points[i], points[i + 1]) = (points[i] + shift.X, points[i + 1] + shift.Y);
    }

    private int[] Starts(Func<PartMesh, int> count)
    {
        var starts = new int[_meshes.Count + 1];
        for (int p = 0; p < _meshes.Count; p++)
            starts[p + 1] = checked(starts[p] + count(_meshes[p]));
        return starts;
    }

    private static T[] New<T>(int length) => GC.AllocateUninitializedArray<T>(length);
}
