using ServiceOffices.Tables;

namespace ServiceOffices.Exports;

/// <summary>A file format that rows of any table can be written in, from the table's own description of its columns.</summary>
public abstract class ExportFormat
{
    /// <summary>The short name, which is also the file extension: <c>csv</c>.</summary>
    public abstract string Name { get; }

    public abstract string MediaType { get; }

    /// <summary>Why rows of this type cannot be written in this format, in plain English; null where they can.</summary>
    public virtual string? WhyNot(StructuredType type) => null;

    /// <summary>Writes the rows in order. What is written depends on nothing but them: the same rows give the same bytes.</summary>
    public abstract Task WriteAsync(RowSet rows, Stream output, CancellationToken cancellationToken);
}
