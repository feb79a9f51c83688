using System.Buffers;

namespace ServiceOffices.OData;

/// <summary>What the engine answers, for a host or a batch to send.</summary>
public sealed record ODataResponse
{
    public required int Status { get; init; }

    /// <summary>Null where there is no content.</summary>
    public string? ContentType { get; init; }

    /// <summary>The content as it was made, in parts where it is large.</summary>
    public ReadOnlySequence<byte> Content { get; init; }

    /// <summary>The content in one piece.</summary>
    public ReadOnlyMemory<byte> Body
    {
        get => Content.IsSingleSegment ? Content.First : Content.ToArray();
        init => Content = new ReadOnlySequence<byte>(value);
    }

    /// <summary>Writes the content of a 200 in the place of <see cref="Content"/>: it may be larger than memory should hold. An exception midway means that what was written is not whole.</summary>
    public Func<Stream, CancellationToken, Task>? WriteContentAsync { get; init; }

    /// <summary>Whether the content is compressed by its own format.</summary>
    public bool IsCompressed { get; init; }

    /// <summary>OData-Version, Vary, Preference-Applied, Allow and the like; no name twice.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>A weak entity tag with its quotes; null where the answer depends on more than the publication.</summary>
    public string? ETag { get; init; }

    /// <summary>When the publication that it is from was made; null for errors.</summary>
    public DateTimeOffset? LastModified { get; init; }

    /// <summary>The publication that it is from; null for errors.</summary>
    public long? Revision { get; init; }

    /// <summary>Whether the request named a revision, so that the same URL gives the same answer for ever.</summary>
    public bool IsImmutable { get; init; }
}
