namespace ServiceOffices.Web.Docs;

/// <summary>A <c>code</c> of the OData error format. Codes are stable, messages are not.</summary>
internal sealed record ODataErrorCode(string Code, string Statuses, string Description)
{
    /// <summary>All codes in alphabetical order.</summary>
    public static readonly IReadOnlyList<ODataErrorCode> All =
    [
        new("AliasCycle", "400", "Parameter aliases form a cycle."),
        new("DivisionByZero", "400", "An integer or a decimal is divided by zero."),
        new("DuplicateName", "400", "Two parts of the response would have the same name."),
        new("DuplicateOption", "400", "A query option occurs more than once."),
        new("FailedDependency", "424", "A request of a batch depends on a request that failed."),
        new("InvalidAmount", "400", "The amount of a top or bottom transformation of $apply must be a number from 0; for percent, from 0 to 100."),
        new("InvalidArgument", "400", "An argument of a function is out of range."),
        new("InvalidBatch", "400", "The batch has neither the JSON nor the multipart format."),
        new("InvalidEncoding", "400", "A percent sign is not followed by two hexadecimal digits, or the bytes are not UTF-8."),
        new("InvalidKey", "400", "The key does not match the key properties of the entity type."),
        new("InvalidOption", "400", "The value of a query option is invalid."),
        new("InvalidPattern", "400", "The pattern of matchesPattern is invalid or takes too long to evaluate."),
        new("InvalidRequest", "4xx", "The request is not valid HTTP, or its content is too large."),
        new("InvalidToken", "400", "A $skiptoken or $deltatoken is truncated, changed or used with another query."),
        new("InvalidUrl", "400", "A URL within the request, such as one in a batch, is invalid."),
        new("IsolationNotSupported", "412", "Snapshot isolation across requests is not supported. Query a revision instead."),
        new("LimitExceeded", "400, 413, 414", "A documented limit is exceeded. The message names its setting."),
        new("MethodNotAllowed", "405", "The service is read-only."),
        new("NestedBatch", "400", "A batch contains another batch."),
        new("NotAcceptable", "406", "The response is not available in the format requested by Accept or $format."),
        new("NotFound", "404", "The entity set, entity, property or revision does not exist."),
        new("NotReady", "503", "Nothing has been published yet."),
        new("NotSupported", "501", "The OData feature is not supported. The message states an alternative."),
        new("OptionNotAllowed", "400", "The query option exists but is not allowed here."),
        new("RevisionGone", "410", "The revision is no longer kept. Start again without the token."),
        new("ServerError", "500, 503", "An internal error occurred, or the storage is unavailable."),
        new("Syntax", "400", "The query cannot be parsed. The message states the position."),
        new("TypeMismatch", "400", "The types do not match, for example a string compared with a number."),
        new("UnknownEntitySet", "400", "No entity set in the query has this name."),
        new("UnknownFunction", "400", "No function has this name."),
        new("UnknownMethod", "400", "No aggregation method has this name."),
        new("UnknownOption", "400", "No query option has this name. Unknown options are never ignored."),
        new("UnknownProperty", "400", "The type has no property with this name."),
        new("UnknownTransformation", "400", "$apply has no transformation with this name."),
        new("UnknownType", "400", "No type has this name."),
        new("UnsupportedMediaType", "415", "The media type of the content is not supported."),
        new("UnsupportedVersion", "400", "OData-Version or OData-MaxVersion names a version that does not exist."),
    ];
}
