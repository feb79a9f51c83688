namespace ServiceOffices.Storage;

/// <summary>One stored column of <typeparamref name="T"/>.</summary>
/// <param name="Name">The same in every store: letters only, as Azure Table storage asks of a property.</param>
/// <param name="Value">A string, double or bool to store; null where the row has none.</param>
internal sealed record RowColumn<T>(string Name, RowColumnKind Kind, Func<T, object?> Value);
