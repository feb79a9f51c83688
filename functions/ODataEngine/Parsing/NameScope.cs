using ODataEngine.Model;
using ODataEngine.Parsing.Lexing;
using ODataEngine.Parsing.Options;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Parsing;

/// <summary>What names mean in one place: the row that bare names are properties of, and the scopes around it.</summary>
/// <param name="row">Null where there is no row to speak of, as in a key.</param>
/// <param name="outer">Null at the top and in the steps of <c>$apply</c>, where <c>$it</c> is the step's own row.</param>
/// <param name="options">Where aliases may be given; null where they cannot.</param>
internal sealed class NameScope(Variable? row, NameScope? outer, QueryOptionSet? options = null)
{
    private List<ComputedProperty>? computed;
    private Dictionary<string, ComputedProperty>? byName;

    public Variable? Row { get; } = row;

    /// <summary>The row's type, where it is one with properties.</summary>
    public StructuredType? RowType => Row?.VariableType as StructuredType;

    public NameScope Outermost => outer?.Outermost ?? this;

    public IReadOnlyList<ComputedProperty> Computed => computed ?? [];

    /// <summary>False where a property of that name is computed already.</summary>
    public bool TryAddComputed(ComputedProperty property)
    {
        if (!(byName ??= new(StringComparer.Ordinal)).TryAdd(property.Name, property))
        {
            return false;
        }

        (computed ??= []).Add(property);
        return true;
    }

    /// <summary>A computed property of the row in a slot, whichever scope it belongs to.</summary>
    public ComputedProperty? FindComputed(int slot, ReadOnlySpan<char> name)
    {
        for (var scope = this; scope is not null; scope = scope.Outer)
        {
            if (scope.Row?.Slot == slot && scope.byName?.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var property) == true)
            {
                return property;
            }
        }

        return null;
    }

    /// <summary>The text of an alias from the innermost place that gives it one; null where none does.</summary>
    public StringSlice? FindAlias(string name) => options?.FindAlias(name) ?? outer?.FindAlias(name);

    private NameScope? Outer => outer;
}
