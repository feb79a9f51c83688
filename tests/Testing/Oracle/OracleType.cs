using ServiceOffices.ODataFuzz;
using Kind = ODataEngine.Model.PrimitiveKind;

namespace ServiceOffices.Testing.Oracle;

/// <summary>A structured type of the oracle, declared independently of the model so that errors in the model are found.</summary>
internal sealed record OracleType(string Name, IReadOnlyList<OracleType.Column> Columns)
{
    public static readonly OracleType Origin = Create<Origin>("Origin", ("country", Kind.String, o => o.Country), ("rank", Kind.Int32, o => o.Rank));

    public static readonly OracleType Details = Create<Details>(
        "Details",
        [
            ("note", Kind.String, d => d.Note), ("fixed", Kind.Boolean, d => d.Fixed), ("count", Kind.Int32, d => d.Count), ("total", Kind.Int64, d => d.Total),
            ("weight", Kind.Double, d => d.Weight), ("cost", Kind.Decimal, d => d.Cost), ("since", Kind.Date, d => d.Since), ("seen", Kind.DateTimeOffset, d => d.Seen),
        ]) with
    {
        Complex = [("origin", Origin, d => ((Details)d).Origin)],
        Lists = [("labels", d => ((Details)d).Labels)],
    };

    public static readonly OracleType Part = Create<Part>(
        "Part", ("label", Kind.String, p => p.Label), ("amount", Kind.Decimal, p => p.Amount), ("since", Kind.Date, p => p.Since), ("count", Kind.Int32, p => p.Count));

    public static readonly OracleType Group = Create<SampleGroup>(
        "Group",
        [
            ("code", Kind.String, g => g.Code), ("name", Kind.String, g => g.Name), ("active", Kind.Boolean, g => g.Active), ("capacity", Kind.Int32, g => g.Capacity),
            ("budget", Kind.Decimal, g => g.Budget), ("opened", Kind.Date, g => g.Opened), ("location", Kind.GeographyPoint, g => g.Location), ("state", Enum, g => (OracleState?)g.State),
        ]) with
    {
        CollectionNavigations = [("samples", () => Sample!, (data, row) => data.GetSamples((SampleGroup)row))],
        Derived = [("Sampling.FundedGroup", () => FundedOnly!, row => row as FundedGroup)],
    };

    /// <summary>The properties that the derived type declares.</summary>
    public static readonly OracleType FundedOnly = Create<FundedGroup>(
        "FundedOnly", ("sum", Kind.Decimal, g => g.Sum), ("reference", Kind.Guid, g => g.Reference), ("term", Kind.Duration, g => g.Term), ("leaderId", Kind.Int32, g => g.LeaderId)) with
    {
        SingleNavigations = [("leader", () => Sample!, (data, row) => data.GetLeader((FundedGroup)row))],
    };

    public static readonly OracleType Funded = new("Funded", [.. Group.Columns, .. FundedOnly.Columns]) { CollectionNavigations = Group.CollectionNavigations, SingleNavigations = FundedOnly.SingleNavigations };

    public static readonly OracleType Sample = Create<Sample>(
        "Sample",
        [
            ("id", Kind.Int32, s => s.Id), ("name", Kind.String, s => s.Name), ("text", Kind.String, s => s.Text), ("flag", Kind.Boolean, s => s.Flag),
            ("tiny", Kind.SByte, s => s.Tiny), ("level", Kind.Byte, s => s.Level), ("small", Kind.Int16, s => s.Small), ("whole", Kind.Int32, s => s.Whole),
            ("big", Kind.Int64, s => s.Big), ("share", Kind.Single, s => s.Share), ("size", Kind.Double, s => s.Size), ("price", Kind.Decimal, s => s.Price),
            ("token", Kind.Guid, s => s.Token), ("on", Kind.Date, s => s.On), ("opens", Kind.TimeOfDay, s => s.Opens), ("changed", Kind.DateTimeOffset, s => s.Changed),
            ("lasts", Kind.Duration, s => s.Lasts), ("place", Kind.GeographyPoint, s => s.Place), ("groupCode", Kind.String, s => s.GroupCode), ("parentId", Kind.Int32, s => s.ParentId),
        ]) with
    {
        Complex = [("details", Details, s => ((Sample)s).Details)],
        Lists = [("tags", s => ((Sample)s).Tags)],
        Parts = [("parts", s => ((Sample)s).Parts)],
        SingleNavigations = [("group", () => Group, (data, row) => data.GetGroup((Sample)row)), ("parent", () => Sample!, (data, row) => data.GetParent((Sample)row))],
        CollectionNavigations = [("children", () => Sample!, (data, row) => data.GetChildren((Sample)row)), ("leads", () => Funded, (data, row) => data.GetLedGroups((Sample)row))],
    };

    private static readonly Dictionary<(string, Kind), IReadOnlyList<Path>> PathCache = [];

    /// <summary>Enumerations are no primitive kind; their values are <see cref="OracleState"/>.</summary>
    public const Kind Enum = (Kind)100;

    public IReadOnlyList<(string Name, OracleType Type, Func<object, object?> Read)> Complex { get; init; } = [];

    /// <summary>Collections of strings.</summary>
    public IReadOnlyList<(string Name, Func<object, IReadOnlyList<string>> Read)> Lists { get; init; } = [];

    /// <summary>Collections of parts.</summary>
    public IReadOnlyList<(string Name, Func<object, IReadOnlyList<Part>> Read)> Parts { get; init; } = [];

    public IReadOnlyList<(string Name, Func<OracleType> Type, Func<OracleData, object, object?> Read)> SingleNavigations { get; init; } = [];

    public IReadOnlyList<(string Name, Func<OracleType> Type, Func<OracleData, object, IEnumerable<object>> Read)> CollectionNavigations { get; init; } = [];

    /// <summary>Types derived from this one by their names, with the properties that they declare; null where a row is of none of them.</summary>
    public IReadOnlyList<(string Name, Func<OracleType> Own, Func<object, object?> As)> Derived { get; init; } = [];

    /// <summary>Gets every path to a value of a kind: properties of the row, of complex values and of single related entities.</summary>
    public IReadOnlyList<Path> PathsTo(Kind kind)
    {
        lock (PathCache)
        {
            return PathCache.TryGetValue((Name, kind), out var known) ? known : PathCache[(Name, kind)] = [.. Paths(2).Where(path => path.Kind == kind)];
        }
    }

    private IEnumerable<Path> Paths(int steps)
    {
        foreach (var column in Columns)
        {
            yield return new Path(column.Name, column.Kind, (_, row) => column.Read(row));
        }

        foreach (var (name, type, read) in Complex)
        {
            foreach (var inner in type.Paths(steps))
            {
                yield return new Path($"{name}/{inner.Url}", inner.Kind, (data, row) => read(row) is { } value ? inner.Read(data, value) : null);
            }
        }

        foreach (var (name, own, cast) in Derived)
        {
            foreach (var inner in own().Paths(steps))
            {
                yield return new Path($"{name}/{inner.Url}", inner.Kind, (data, row) => cast(row) is { } derived ? inner.Read(data, derived) : null);
            }
        }

        foreach (var (name, type, read) in steps > 0 ? SingleNavigations : [])
        {
            foreach (var inner in type().Paths(steps - 1))
            {
                yield return new Path($"{name}/{inner.Url}", inner.Kind, (data, row) => read(data, row) is { } target ? inner.Read(data, target) : null);
            }
        }
    }

    private static OracleType Create<TRow>(string name, params IReadOnlyList<(string Name, Kind Kind, Func<TRow, object?> Read)> columns) =>
        new(name, [.. columns.Select(column => new Column(column.Name, column.Kind, row => column.Read((TRow)row)))]);

    /// <summary>A primitive property.</summary>
    internal sealed record Column(string Name, Kind Kind, Func<object, object?> Read);

    /// <summary>A path from a row to a primitive value.</summary>
    internal sealed record Path(string Url, Kind Kind, Func<OracleData, object, object?> Read);
}
