using System.Collections.Immutable;
using ServiceOffices.Tables;

namespace ServiceOffices.Tests.OData;

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
