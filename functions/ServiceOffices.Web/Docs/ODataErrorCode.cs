namespace ServiceOffices.Web.Docs;

/// <summary>A <c>code</c> of OData's error body; it stays, while messages may get better.</summary>
internal sealed record ODataErrorCode(string Code, string Statuses, string Description)
{
    /// <summary>All codes, in the order of the alphabet. A test reads them in the sources too.</summary>
    public static readonly IReadOnlyList<ODataErrorCode> All =
    [
        new("AliasCycle", "400", "Parameter aliases refer to each other in a circle."),
        new("DivisionByZero", "400", "A whole number or a decimal is divided by zero."),
        new("DuplicateName", "400", "Two parts of the answer would have the same name."),
        new("DuplicateOption", "400", "An option stands more than once."),
        new("FailedDependency", "424", "A request of a batch depends on one that failed."),
        new("InvalidAmount", "400", "The amount of a top or bottom transformation of $apply must be a number from 0, for percent up to 100."),
        new("InvalidArgument", "400", "A function's argument is out of its range."),
        new("InvalidBatch", "400", "The batch is not of the JSON or multipart form."),
        new("InvalidEncoding", "400", "A percent sign is not followed by two hexadecimal digits, or the bytes are not UTF-8."),
        new("InvalidKey", "400", "The key does not have the parts or the types of the entity's key."),
        new("InvalidOption", "400", "The value of an option is not one that it takes."),
        new("InvalidPattern", "400", "The pattern of matchesPattern cannot be read, or takes too long."),
        new("InvalidRequest", "4xx", "The request cannot be read as HTTP, or its content is too large."),
        new("InvalidToken", "400", "A $skiptoken or $deltatoken was cut, changed, or moved to another query."),
        new("InvalidUrl", "400", "A URL within the request, such as one of a batch, cannot be read."),
        new("IsolationNotSupported", "412", "Snapshot isolation across requests is not supported; ask for a revision instead."),
        new("LimitExceeded", "400, 413, 414", "A documented limit is passed; the message names its setting."),
        new("MethodNotAllowed", "405", "The service only reads."),
        new("NestedBatch", "400", "A batch holds a batch."),
        new("NotAcceptable", "406", "The answer cannot have the format that Accept or $format asks for."),
        new("NotFound", "404", "There is no such set, entity, property or revision."),
        new("NotReady", "503", "Nothing is published yet."),
        new("NotSupported", "501", "OData has it, this service does not; the message says what instead."),
        new("OptionNotAllowed", "400", "The option exists, but not here."),
        new("RevisionGone", "410", "The revision is not kept any more; begin anew without the token."),
        new("ServerError", "500, 503", "The service failed, or its storage does not answer."),
        new("Syntax", "400", "The query cannot be parsed; the message says where."),
        new("TypeMismatch", "400", "Types do not fit, such as a text compared with a number."),
        new("UnknownEntitySet", "400", "There is no entity set of this name within the query."),
        new("UnknownFunction", "400", "There is no function of this name."),
        new("UnknownMethod", "400", "There is no aggregation method of this name."),
        new("UnknownOption", "400", "There is no such query option; nothing is ignored silently."),
        new("UnknownProperty", "400", "The type has no such property."),
        new("UnknownTransformation", "400", "$apply has no transformation of this name."),
        new("UnknownType", "400", "There is no type of this name."),
        new("UnsupportedMediaType", "415", "The content is of a media type that is not read."),
        new("UnsupportedVersion", "400", "OData-Version or OData-MaxVersion names a version that there is not."),
    ];
}
