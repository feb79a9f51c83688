using System.Collections.Immutable;
using ODataEngine.Model;
using ServiceOffices.ODataFuzz;

namespace ServiceOffices.Testing.Oracle;

/// <summary>An expression as the text of a URL, and as its meaning in C#.</summary>
/// <param name="Value">Returns null, or a bool, int, string … of the kind.</param>
internal sealed record OracleTerm(string Url, PrimitiveKind Kind, Func<OracleScope, object?> Value)
{
    /// <summary>The number as written; null where the expression is no literal number. Decimals are converted to doubles through their text.</summary>
    public string? Literal { get; init; }

    public override string ToString() => Url;
}

/// <summary>The values of the names in an expression during evaluation.</summary>
/// <param name="This">The object whose properties are referenced without a prefix.</param>
/// <param name="It">The row of the collection of the request.</param>
internal sealed record OracleScope(OracleData Data, object This, object It, ImmutableDictionary<string, object> Variables)
{
    public static OracleScope ForRow(OracleData data, object row) => new(data, row, row, ImmutableDictionary<string, object>.Empty);

    public OracleScope With(string name, object value) => this with { Variables = Variables.SetItem(name, value) };
}

/// <summary>The names that an expression may use.</summary>
/// <param name="Sources">The structures whose properties can be named, each by its prefix.</param>
/// <param name="Strings">Variables with string values.</param>
/// <param name="Computed">Properties that $compute defines.</param>
internal sealed record OracleNames(
    ImmutableList<(string Prefix, OracleType Type, Func<OracleScope, object> Row)> Sources,
    ImmutableList<(string Name, Func<OracleScope, object?> Value)> Strings,
    ImmutableList<OracleTerm> Computed)
{
    /// <summary>Gets the names for the rows of the request.</summary>
    public static OracleNames ForRows(OracleType type) => new([("", type, scope => scope.This)], [], []);

    /// <summary>Gets the names for rows nested in those of another type, which <c>$it</c> references.</summary>
    public static OracleNames ForNested(OracleType type, OracleType it) => new([("", type, scope => scope.This), ("$it/", it, scope => scope.It)], [], []);

    public OracleNames WithVariable(string name, OracleType type) => this with { Sources = Sources.Add((name + "/", type, scope => scope.Variables[name])) };

    public OracleNames WithString(string name) => this with { Strings = Strings.Add((name, scope => scope.Variables[name])) };
}

/// <summary>The rows and navigation of the naive evaluation: plain records, no tables.</summary>
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

/// <summary>The query options of a request or of a nested item: their text, and their meaning for rows.</summary>
/// <param name="Options">Each option as <c>$name=value</c>, not encoded.</param>
/// <param name="Rows">Gets the rows in their order, and their number before $skip and $top.</param>
/// <param name="Show">Gets the members of a row: names and values; a value is null, a primitive, <see cref="Members"/> or a list.</param>
internal sealed record OracleOptions(
    ImmutableList<string> Options,
    Func<IEnumerable<object>, OracleScope, (IReadOnlyList<object> Shown, int Total)> Rows,
    Func<object, OracleScope, OracleOptions.Members> Show)
{
    public bool Count => Options.Contains("$count=true");

    /// <summary>The members of an expected JSON object, in order.</summary>
    internal sealed class Members : List<(string Name, object? Value)>;
}

/// <summary>The members of the sample model's enumeration.</summary>
internal enum OracleState
{
    Planned,
    Open,
    Closed,
}
