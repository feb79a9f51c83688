namespace ServiceOffices.Storage;

/// <summary>One stored column of <typeparamref name="T"/>.</summary>
/// <param name="Name">The same in every store: letters only, as Azure Table storage asks of a property.</param>
/// <param name="GetValue">A string, double or bool to store; null where the row has none.</param>
internal sealed record StoredColumn<T>(string Name, StoredColumnType Type, Func<T, object?> GetValue);
