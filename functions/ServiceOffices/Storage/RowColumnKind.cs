namespace ServiceOffices.Storage;

/// <summary>What a stored column holds. Dates are text (ISO 8601), collections are text (a JSON array).</summary>
internal enum StoredColumnType
{
    String,
    Number,
    Boolean,
}
