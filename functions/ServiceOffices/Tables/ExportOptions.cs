namespace ServiceOffices.Tables;

/// <summary>What a file says beside its rows.</summary>
/// <param name="Name">What the rows are called: the entity set's name, or of a query's result the last part of its path.</param>
public sealed record ExportOptions(string Name)
{
    /// <summary>The same for people; null: <see cref="Name"/>.</summary>
    public LocalizedString? Title { get; init; }

    /// <summary>The language of the columns' titles; null: columns have their names.</summary>
    public Language? Language { get; init; }

    /// <summary>The address of the OData service that the rows come from, with a closing slash; null where it is not known.</summary>
    public string? ServiceRoot { get; init; }
}
