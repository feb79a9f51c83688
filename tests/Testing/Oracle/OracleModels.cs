using System.Collections.Immutable;
using ODataEngine.Model;
using ServiceOffices.ODataFuzz;

namespace ServiceOffices.Testing.Oracle;

/// <summary>An expression twice: as the text of a URL, and as what it means in C#.</summary>
/// <param name="Value">Null for null; a bool, int, string … of the kind else.</param>
internal sealed record OracleTerm(string Url, PrimitiveKind Kind, Func<OracleScope, object?> Value)
{
    /// <summary>The number as it was written; null for what is no literal number. Decimals become doubles by their text.</summary>
    public string? Literal { get; init; }

    public override string ToString() => Url;
}

/// <summary>What the names in an expression stand for while it is evaluated.</summary>
/// <param name="This">What bare names are properties of.</param>
/// <param name="It">The row of the request's own collection.</param>
internal sealed record OracleScope(OracleData Data, object This, object It, ImmutableDictionary<string, object> Variables)
{
    public static OracleScope ForRow(OracleData data, object row) => new(data, row, row, ImmutableDictionary<string, object>.Empty);

    public OracleScope With(string name, object value) => this with { Variables = Variables.SetItem(name, value) };
}

/// <summary>What names an expression may use.</summary>
/// <param name="Sources">The structures whose properties can be named, each by its prefix.</param>
/// <param name="Strings">Variables that stand for strings.</param>
/// <param name="Computed">Properties that $compute has defined.</param>
internal sealed record OracleNames(
    ImmutableList<(string Prefix, OracleType Type, Func<OracleScope, object> Row)> Sources,
    ImmutableList<(string Name, Func<OracleScope, object?> Value)> Strings,
    ImmutableList<OracleTerm> Computed)
{
    /// <summary>Of the rows of the request itself.</summary>
    public static OracleNames ForRows(OracleType type) => new([("", type, scope => scope.This)], [], []);

    /// <summary>Of rows nested in those of another type, which <c>$it</c> still reaches.</summary>
    public static OracleNames ForNested(OracleType type, OracleType it) => new([("", type, scope => scope.This), ("$it/", it, scope => scope.It)], [], []);

    public OracleNames WithVariable(string name, OracleType type) => this with { Sources = Sources.Add((name + "/", type, scope => scope.Variables[name])) };

    public OracleNames WithString(string name) => this with { Strings = Strings.Add((name, scope => scope.Variables[name])) };
}

/// <summary>The rows that the naive evaluation looks at, and what leads where: plain records, no tables.</summary>
internal sealed class OracleData(IReadOnlyList<Sample> samples, IReadOnlyList<SampleGroup> groups)
{
    private readonly Dictionary<string, SampleGroup> groupByCode = groups.ToDictionary(group => group.Code, StringComparer.Ordinal);
    private readonly Dictionary<int, Sample> sampleById = samples.ToDictionary(sample => sample.Id);

    public IReadOnlyList<Sample> Samples { get; } = samples;

    public IReadOnlyList<SampleGroup> Groups { get; } = groups;

    public SampleGroup? GetGroup(Sample sample) => sample.GroupCode is { } code ? groupByCode.GetValueOrDefault(code) : null;

    public Sample? GetParent(Sample sample) => sample.ParentId is { } id ? sampleById.GetValueOrDefault(id) : null;

    public Sample? GetLeader(FundedGroup group) => group.LeaderId is { } id ? sampleById.GetValueOrDefault(id) : null;

    public IEnumerable<FundedGroup> GetLedGroups(Sample sample) => Groups.OfType<FundedGroup>().Where(group => group.LeaderId == sample.Id);

    public IEnumerable<Sample> GetChildren(Sample sample) => Samples.Where(other => other.ParentId == sample.Id);

    public IEnumerable<Sample> GetSamples(SampleGroup group) => Samples.Where(sample => sample.GroupCode == group.Code);
}

/// <summary>The options of one place, the request's own or nested ones: their text, and what they make of rows.</summary>
/// <param name="Options">Each option as <c>$name=value</c>, not encoded.</param>
/// <param name="Rows">Which rows are shown in which order, and how many there are before $skip and $top.</param>
/// <param name="Show">What is shown of a row: member names and values; a value is null, a primitive, an <see cref="Members"/> or a list.</param>
internal sealed record OracleOptions(
    ImmutableList<string> Options,
    Func<IEnumerable<object>, OracleScope, (IReadOnlyList<object> Shown, int Total)> Rows,
    Func<object, OracleScope, OracleOptions.Members> Show)
{
    public bool Count => Options.Contains("$count=true");

    /// <summary>A JSON object that is expected: its members in order.</summary>
    internal sealed class Members : List<(string Name, object? Value)>;
}

/// <summary>The members of the sample model's enumeration.</summary>
internal enum OracleState
{
    Planned,
    Open,
    Closed,
}
