package shop;

import jakarta.ws.rs.ext.Provider;
import org.meowmx.request.RequestMetadataFilter;

@Provider
public class RequestMetadata extends RequestMetadataFilter {}
