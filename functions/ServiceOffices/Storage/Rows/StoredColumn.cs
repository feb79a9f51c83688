using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ServiceOffices.Storage.Rows;

/// <summary>How dates and collections stand as text in a row.</summary>
public static class StoredValueFormat
{
    public const string DateFormat = "yyyy-MM-dd";

    /// <summary>
    /// Read strictly: a missing member or a null where the register has none is a broken row. Letters such as åäö stay
    /// as they are, so that a person can read the row; nothing here ends up inside a web page.
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
    /// For what editors send: a member that there is not, or that is named twice, is an error of theirs. Stored rows may have
    /// members of a later version of the platform.
    /// </summary>
    public static readonly JsonSerializerOptions StrictJsonOptions = new(JsonOptions)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
    };

    public static string? Format(DateOnly? date) => date?.ToString(DateFormat, CultureInfo.InvariantCulture);

    public static string? Format<T>(IReadOnlyList<T> items) => items.Count == 0 ? null : JsonSerializer.Serialize(items, JsonOptions);
}

/// <summary>One stored column of <typeparamref name="T"/>.</summary>
/// <param name="Name">The same in every store: letters only, as Azure Table storage asks of a property.</param>
/// <param name="GetValue">A string, double or bool to store; null where the row has none.</param>
internal sealed record StoredColumn<T>(string Name, StoredColumnType Type, Func<T, object?> GetValue);

/// <summary>What a stored column holds. Dates are text (ISO 8601), collections are text (a JSON array).</summary>
public enum StoredColumnType
{
    String,
    Number,
    Boolean,
}
