using ODataEngine.Model;

namespace ODataEngine.Formats;

/// <summary>A file format that rows of any table can be written in, from the table's own description of its columns.</summary>
public abstract class ExportFormat
{
    /// <summary>The short name, which is also the file extension: <c>csv</c>.</summary>
    public abstract string Name { get; }

    public abstract string MediaType { get; }

    /// <summary>Whether it can show columns by their titles in a language; else it has their names only.</summary>
    public virtual bool HasTitles => false;

    /// <summary>Whether its bytes are compressed already, so that a content coding gains nothing.</summary>
    public virtual bool IsCompressed => false;

    /// <summary>Why rows of this type cannot be written in this format, in plain English; null where they can.</summary>
    public virtual string? GetUnsupportedReason(StructuredType type) => null;

    /// <summary>Why just these rows, of a type that can be written, cannot: there are too many of them; null where they can.</summary>
    public virtual string? GetUnsupportedReason(RowSet rows) => null;

    /// <summary>Writes the rows in order. What is written depends on nothing but them and the options: the same rows give the same bytes.</summary>
    /// <exception cref="ArgumentException">The format cannot hold such rows: <see cref="GetUnsupportedReason(StructuredType)"/> or <see cref="GetUnsupportedReason(RowSet)"/> says why.</exception>
    public abstract Task WriteAsync(RowSet rows, ExportOptions options, Stream output, CancellationToken cancellationToken);
}

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
