using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ServiceOffices.Schema;

/// <summary>The string form of dates and collections in a stored row.</summary>
public static class StoredValueFormat
{
    public const string DateFormat = "yyyy-MM-dd";

    /// <summary>
    /// Reads strictly: a missing member, or a null that the register does not allow, makes a row invalid. Letters such as åäö
    /// are not escaped, so that a person can read the row; this JSON is never embedded in a web page.
    /// </summary>
    public static readonly JsonSerializerOptions JsonOptions = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNameCaseInsensitive = false,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.Strict,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>
    /// The options for requests of editors: an unknown or duplicate member is an error. Stored rows may have members of a later
    /// version of the platform.
    /// </summary>
    public static readonly JsonSerializerOptions StrictJsonOptions = new(JsonOptions)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        Converters = { new ComposedStringConverter() },
    };

    public static string? Format(DateOnly? date) => date?.ToString(DateFormat, CultureInfo.InvariantCulture);

    public static string? Format<T>(IReadOnlyList<T> items) => items.Count == 0 ? null : JsonSerializer.Serialize(items, JsonOptions);
}

/// <summary>One stored column of <typeparamref name="T"/>.</summary>
/// <param name="Name">The same in every store: letters only, as Azure Table storage requires of a property.</param>
/// <param name="GetValue">Returns the string, double or bool to store; null if the entity has no value.</param>
/// <param name="Read">Returns the entity with the value that the row has under a name, or the entity itself if it has none.</param>
internal sealed record StoredColumn<T>(string Name, StoredColumnType Type, Func<T, object?> GetValue, Func<T, StoredRowReader, string, T> Read);

/// <summary>The type of a stored column. Dates (ISO 8601) and collections (JSON arrays) are strings.</summary>
public enum StoredColumnType
{
    String,
    Number,
    Boolean,
}
