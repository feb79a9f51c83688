using ServiceOffices.Tables;

namespace ServiceOffices.Queries;

/// <summary>What names mean in one place: the row that bare names are properties of, and the scopes around it.</summary>
/// <param name="row">Null where there is no row to speak of, as in a key.</param>
/// <param name="outer">Null at the top and in the steps of <c>$apply</c>, where <c>$it</c> is the step's own row.</param>
internal sealed class Scope(Variable? row, Scope? outer)
{
    private List<ComputedProperty>? computed;

    public Variable? Row { get; } = row;

    /// <summary>The row's type, where it is one with properties.</summary>
    public StructuredType? RowType => Row?.VariableType as StructuredType;

    public Scope Outermost => outer?.Outermost ?? this;

    public IReadOnlyList<ComputedProperty> Computed => computed ?? [];

    public void Add(ComputedProperty property) => (computed ??= []).Add(property);

    /// <summary>A computed property of the row in a slot, whichever scope it belongs to.</summary>
    public ComputedProperty? FindComputed(int slot, ReadOnlySpan<char> name)
    {
        for (var scope = this; scope is not null; scope = scope.Outer)
        {
            if (scope.Row?.Slot != slot || scope.computed is null)
            {
                continue;
            }

            foreach (var property in scope.computed)
            {
                if (name.SequenceEqual(property.Name))
                {
                    return property;
                }
            }
        }

        return null;
    }

    private Scope? Outer => outer;
}
